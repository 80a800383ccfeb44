import { stringToUint8Array } from "uint8array-extras";

/** What goes wrong with an answer on its way. */
export type Wire =
  /** The connection is reset: before the first byte, or in the middle of the body. */
  | { readonly kind: "reset" | "reset-mid-body" }
  /** The connection stays open, and nothing ever comes. */
  | { readonly kind: "black-hole" }
  /** The body comes in pieces, with a pause before each but the first. */
  | { readonly kind: "drip"; readonly chunks: number; readonly pauseMs: number }
  /** Content-Length is not the body's length; the connection ends with the body. */
  | { readonly kind: "wrong-length"; readonly bytes: number };

/** What a door knows of the way to its client. */
export interface Line {
  /** Aborts when the client has gone, or the door closes: nobody waits for an answer then. */
  readonly signal: AbortSignal;
  /** Waits so many milliseconds, or until the signal. Without it nothing is waited for. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Resets the connection once what was written has left. Without it, the body's stream ends with an error. */
  readonly reset?: () => void;
}

/**
 * An answer that goes wrong on its way, as a `Response`. Where a door has the wire in its hands (`line.reset`), the
 * bytes are those that a broken server would send; elsewhere the client is given what it would have made of them.
 */
export async function sendOver(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  wire: Wire,
  line: Line,
): Promise<Response> {
  const { status, headers } = answer;
  const bytes = stringToUint8Array(answer.body);
  const respond = (body: BodyInit, more: Readonly<Record<string, string>> = {}) =>
    new Response(body, { status, headers: { ...headers, ...more } });
  switch (wire.kind) {
    case "reset":
      return Response.error();
    case "black-hole":
      return new Promise((resolve) => {
        const end = () => resolve(Response.error());
        if (line.signal.aborted) end();
        line.signal.addEventListener("abort", end, { once: true });
      });
    case "reset-mid-body":
      // With its length the half is written at once, not kept back to be measured; and HTTP/1.0 knows no chunks. Elsewhere
      // the length tells a cut from an end: msw 3 in Node ends a body whose stream fails.
      return respond(streamOf([bytes.slice(0, bytes.length >> 1)], { line, end: "reset" }), {
        "Content-Length": `${bytes.length}`,
      });
    case "drip": {
      const pieces = cut(bytes, wire.chunks);
      const length = { "Content-Length": `${bytes.length}` };
      // React Native has no streams: there the body comes at once when its last piece would.
      if (typeof ReadableStream !== "undefined") {
        return respond(streamOf(pieces, { line, end: "close", pauseMs: wire.pauseMs }), length);
      }
      for (let piece = 1; piece < pieces.length; piece += 1) await line.wait?.(wire.pauseMs, line.signal);
      return respond(answer.body, length);
    }
    case "wrong-length": {
      const lengths = { "Content-Length": `${wire.bytes}`, Connection: "close" };
      if (line.reset) return respond(bytes, lengths);
      if (wire.bytes <= bytes.length) return respond(bytes.slice(0, wire.bytes));
      return respond(streamOf([bytes], { line, end: "reset" }), { "Content-Length": `${wire.bytes}` });
    }
  }
}

/** Whether the client is given less of a body than it is told of, and so an error in its middle. */
export function breaksOff({ body, wire }: { readonly body: string; readonly wire?: Wire }): boolean {
  if (body === "" || wire === undefined) return false;
  return (
    wire.kind === "reset-mid-body" || (wire.kind === "wrong-length" && wire.bytes > stringToUint8Array(body).length)
  );
}

/** A body that is written piece by piece as it is read. */
function streamOf(
  pieces: readonly Uint8Array[],
  { line, end, pauseMs = 0 }: { readonly line: Line; readonly end: "close" | "reset"; readonly pauseMs?: number },
): ReadableStream<Uint8Array> {
  let written = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = pieces[written];
        if (piece === undefined && end === "close") return controller.close();
        if (piece === undefined && line.reset) return line.reset();
        if (piece === undefined) return controller.error(new TypeError("The connection was reset."));
        if (written > 0) await line.wait?.(pauseMs, line.signal);
        written += 1;
        controller.enqueue(piece);
      },
    },
    // Nothing is read ahead: a pause is a pause of the wire.
    { highWaterMark: 0 },
  );
}

function cut(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
  return starts.map((start) => bytes.slice(start, start + size));
}
