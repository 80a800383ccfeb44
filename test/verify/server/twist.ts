import type { Socket } from "node:net";

export type Json = Readonly<Record<string, unknown>>;

export type Refusal =
  | "no-token"
  | "wrong-token"
  | "other-account"
  | "bad-json"
  | "missing-fields"
  | "wrong-enum"
  | "undecodable-id"
  | "unknown-id"
  | "unknown-file";

/** What the server is about to answer: `poll` to a task in flight, `end` to one that has ended. */
type Kind = "accept" | "poll" | "end" | "delete" | "refusal" | "nowhere";

export interface Context {
  readonly kind: Kind;
  readonly refusal?: Refusal;
  /** The required fields that an import lacks. */
  readonly missing?: readonly string[];
  readonly task?: Task;
  /** The version of the API that was asked; empty for another path. */
  readonly version: string;
  /** Whether the file of the task was deleted. */
  readonly isDeleted: boolean;
  /** The how-manieth status call of its task this is, from 1; 0 where it is none, or has no right token. */
  readonly poll: number;
  /** The how-manieth of those that show its end; 0 before. */
  readonly look: number;
  /** The how-manieth request to the server this is, from 1. */
  readonly request: number;
  readonly method: string;
  readonly path: string;
  readonly now: number;
  readonly tasks: readonly Task[];
  /** The server's own address. */
  readonly origin: string;
}

export interface Task {
  readonly id: string;
  /** 1 for the first import. */
  readonly serial: number;
  /** Whether its file cannot be fetched. */
  readonly isFailing: boolean;
  readonly requestedAt: number;
  readonly startedAt: number;
  readonly completedAt: number;
  readonly name: string;
  readonly folderPath: string;
  readonly access: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** One thing that a server does otherwise. */
export interface Twist {
  /** Changes the JSON of an answer. */
  readonly onBody?: (json: Json, context: Context) => unknown;
  /** Changes an answer, or takes over the connection. */
  readonly onAnswer?: (answer: Answer, context: Context) => Answer | Promise<Answer> | ((socket: Socket) => void);
  /** What it lets pass. */
  readonly lets?: Refusal;
  readonly createId?: (serial: number) => string;
  readonly pendingMs?: number;
  readonly processingMs?: number;
  /** How far its clock is ahead. */
  readonly aheadMs?: number;
}
