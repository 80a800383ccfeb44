/** What the simulator reads of a request, apart from its body. A platform's `Request` has it all. */
export interface RequestHead {
  readonly method: string;
  /** Absolute, as `Request.url` has it. */
  readonly url: string;
  readonly headers: {
    /** @param name in lower case */
    readonly get: (name: string) => string | null;
    /** Names come in lower case. */
    readonly forEach: (each: (value: string, name: string) => void) => void;
  };
}
