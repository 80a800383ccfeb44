/** Something that an account keeps until it is released or evicted, and its place in the account's order. */
export abstract class Evictable {
  bytes = 0;
  ring = 0;
  older: Evictable = this;
  newer: Evictable = this;

  /** Forgets what is kept. */
  abstract evict(): void;

  /**
   * How late it goes: 0 for what came into being by itself, 1 for what a person made or steered, 2 for
   * what the mock cannot make again by itself.
   */
  abstract rank(): 0 | 1 | 2;
}

/** What says in functions of its own how it is evicted, and how late. */
export class Kept extends Evictable {
  constructor(
    override readonly evict: () => void,
    override readonly rank: () => 0 | 1 | 2 = () => 0,
  ) {
    super();
  }
}

/**
 * Memory of one kind that all sessions share. Where it is full the oldest goes, whichever session it is of, at a cost that
 * does not depend on how much there is.
 *
 * The newest quarter stays whoever's it is, so that an app which names its session by its token keeps its last requests. In
 * the rest what ranks lowest goes first: a page that makes up sessions evicts sessions of its own kind.
 */
export class Account {
  bytes = 0;
  /** How many were evicted so far. */
  evicted = 0;
  // Rings by age, each closed by a head. All begin in the first; what leaves the newest quarter moves to that of its rank.
  readonly #heads: readonly Evictable[] = [0, 1, 2].map(() => new Kept(() => {}));
  #newest = 0;

  constructor(
    readonly kind: string,
    readonly maxBytes: number,
    readonly onEvict: (account: Account) => void,
  ) {}

  /** Keeps something as what was used last, and evicts what has no room beside it. */
  keep(kept: Evictable, bytes: number): void {
    this.release(kept);
    kept.bytes = bytes;
    this.#append(kept, 0);
    while (this.bytes > this.maxBytes) this.#makeRoom();
  }

  release(kept: Evictable): void {
    if (kept.newer === kept) return;
    this.bytes -= kept.bytes;
    if (kept.ring === 0) this.#newest -= kept.bytes;
    kept.older.newer = kept.newer;
    kept.newer.older = kept.older;
    kept.older = kept;
    kept.newer = kept;
  }

  evict(kept: Evictable): void {
    this.release(kept);
    this.evicted += 1;
    kept.evict();
    this.onEvict(this);
  }

  #makeRoom(): void {
    const isOld = (head: Evictable, ring: number) =>
      head.newer !== head && (ring > 0 || this.#newest > this.maxBytes / 4);
    const { newer: oldest } = this.#heads.find(isOld) ?? (this.#heads[0] as Evictable);
    const rank = oldest.rank();
    if (rank > oldest.ring) {
      this.release(oldest);
      this.#append(oldest, rank);
    } else this.evict(oldest);
  }

  #append(kept: Evictable, ring: number): void {
    const head = this.#heads[ring] as Evictable;
    kept.ring = ring;
    kept.older = head.older;
    kept.newer = head;
    head.older.newer = kept;
    head.older = kept;
    this.bytes += kept.bytes;
    if (ring === 0) this.#newest += kept.bytes;
  }
}

/** All that a simulator keeps of its clients: 256 MB with the events of the control API. */
export class Memory {
  readonly accounts: Account[] = [];
  readonly exchanges = this.open("exchange", 96_000_000);
  readonly tasks = this.open("task", 64_000_000);
  readonly packed = this.open("packed task", 32_000_000);
  /** Answers that wait for their polls. */
  readonly answers = this.open("answer", 32_000_000);
  readonly sessions = this.open("session", 16_000_000);
  /** Called with the account after each eviction. */
  readonly listeners = new Set<(account: Account) => void>();

  open(kind: string, maxBytes: number): Account {
    const account = new Account(kind, maxBytes, (full) => {
      for (const listener of this.listeners) listener(full);
    });
    this.accounts.push(account);
    return account;
  }
}
