/** Tells those who follow which session was changed through the control API. */
export class ChangeFeed {
  readonly #followers = new Set<(session: string | undefined) => void>();

  /** @param session undefined for the whole mock */
  note(session: string | undefined): void {
    for (const follower of this.#followers) follower(session);
  }

  /** @returns ends it */
  follow(follower: (session: string | undefined) => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }
}
