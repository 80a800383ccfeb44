/** An item that an account keeps until it is released or evicted, with its place in the account's order. */
export abstract class Evictable {
  bytes = 0;
  ring = 0;
  older: Evictable = this;
  newer: Evictable = this;

  /** Removes what is kept. Called by the account. */
  abstract evict(): void;

  /**
   * How late it is evicted: 0 for what requests created, 1 for what a person created or changed, 2 for what the mock cannot
   * make again.
   */
  abstract rank(): 0 | 1 | 2;
}

/** The rank of what requests created. */
const ofRequests = () => 0 as const;

/** An item with functions for its eviction and its rank. */
export class Kept extends Evictable {
  constructor(
    override readonly evict: () => void,
    override readonly rank: () => 0 | 1 | 2 = ofRequests,
  ) {
    super();
  }
}

/**
 * Memory of one kind that all sessions share. If it is full, the oldest item of any session is evicted, at a cost that does not
 * depend on the number of items.
 *
 * The newest quarter is not evicted, so that an app which names its session by its token keeps its last requests. In the rest,
 * the lowest rank is evicted first: a page that invents sessions evicts other invented sessions.
 */
export class Account {
  bytes = 0;
  /** How many were evicted so far. */
  evicted = 0;
  // Rings in the order of age, each closed by a head. Items begin in the first; an old one moves to the ring of its rank.
  readonly #heads: readonly Evictable[] = [0, 1, 2].map(() => new Kept(() => {}));
  #newest = 0;

  constructor(
    readonly kind: string,
    readonly maxBytes: number,
    readonly onEvict: (account: Account) => void,
  ) {}

  /** Keeps an item as the one that was used last, and evicts others until there is room. */
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

/** The memory of a simulator: at most 256 MB with the events of the control API. */
export class Memory {
  readonly accounts: Account[] = [];
  readonly exchanges = this.open("exchange", 96_000_000);
  readonly tasks = this.open("task", 64_000_000);
  readonly packed = this.open("packed task", 32_000_000);
  /** Injected responses that wait for their polls. */
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
