export declare function serveForeignSite(): Promise<{
  /** Its page at an address of another site. */
  readonly crossSite: string;
  /** Its page at the mock's address with another port. */
  readonly sameSite: string;
  readonly close: () => void;
}>;
