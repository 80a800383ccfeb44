import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** A text that grows: what stands before, what is repeated, and what a pattern does not expect behind it. */
export interface Pump {
  readonly before: string;
  readonly repeated: string;
  readonly after: string;
}

export function pumped({ before, repeated, after }: Pump, length: number): string {
  return before + repeated.repeat(Math.ceil(length / repeated.length)) + after;
}

const MOST_PIECES = 12;
const STRAY = "\u0001";

/**
 * Texts on which a pattern may take long: each piece of it, and each two, many times, at the beginning and behind what
 * leads to its repetitions.
 */
export function pumpsFor(pattern: RegExp): readonly Pump[] {
  const ast = new RegExpParser().parseLiteral(String(pattern));
  const { pieces, leads } = partsOf(ast);
  const pairs = pieces.flatMap((one) => pieces.filter((other) => other !== one).map((other) => one + other));
  return leads.flatMap((before) =>
    [...pieces, ...pairs].flatMap((repeated) => ["", STRAY].map((after) => ({ before, repeated, after }))),
  );
}

function partsOf(ast: AST.RegExpLiteral): { readonly pieces: readonly string[]; readonly leads: readonly string[] } {
  const sample = createSampler(ast);
  const pieces = new Set<string>();
  const characters = new Set<string>();
  const leads = new Set([""]);
  visitRegExpAST(ast, {
    onQuantifierEnter(node) {
      if (node.max > 9) for (const one of sample.each(node.element)) pieces.add(one);
      const lead = sample.before(node);
      if (lead !== "") leads.add(lead).add(lead.slice(1));
    },
    onAlternativeEnter(node) {
      pieces.add(sample.one(node));
    },
    onCharacterEnter: (node) => void characters.add(sample.one(node)),
    onCharacterClassEnter(node) {
      for (const one of sample.each(node)) characters.add(one);
    },
  });
  const all = [...new Set([...pieces, ...characters])].filter((piece) => piece !== "");
  return { pieces: all.slice(0, MOST_PIECES), leads: [...leads].slice(0, MOST_PIECES / 2) };
}

/** Texts that a part of a pattern takes; of a class, characters that stand elsewhere in the pattern first. */
function createSampler({ pattern, flags }: AST.RegExpLiteral) {
  const pool: string[] = [];
  visitRegExpAST(pattern, { onCharacterEnter: ({ value }) => void pool.push(String.fromCodePoint(value)) });
  const candidates = [...new Set([...pool, "a", "1", " ", "/", "-", '"', "é", "\0", "\n", "\r"])];
  const taken = ({ raw }: AST.Node) => candidates.filter((one) => new RegExp(`^(?:${raw})$`, flags.raw).test(one));

  function one(node: AST.Node): string {
    switch (node.type) {
      case "Pattern":
      case "Group":
      case "CapturingGroup":
        return one(node.alternatives[0] as AST.Alternative);
      case "Alternative":
        return node.elements.map(one).join("");
      case "Quantifier":
        return one(node.element).repeat(Math.min(Math.max(node.min, 1), 40, Math.max(node.max, 1)));
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterSet":
      case "CharacterClass":
        return taken(node)[0] ?? "";
      default:
        return "";
    }
  }

  return {
    one,
    each(node: AST.Node): readonly string[] {
      if (node.type === "CharacterClass" || node.type === "CharacterSet") return taken(node).slice(0, 3);
      if (node.type === "Group" || node.type === "CapturingGroup") return node.alternatives.map(one);
      return [one(node)];
    },
    /** What stands in a pattern before one of its parts. */
    before(node: AST.Node): string {
      const { parent } = node;
      if (!parent) return "";
      const mine =
        parent.type === "Alternative" ? parent.elements.slice(0, parent.elements.indexOf(node as AST.Element)) : [];
      return this.before(parent as AST.Node) + mine.map(one).join("");
    },
  };
}
