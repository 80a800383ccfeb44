import { stringToUint8Array } from "uint8array-extras";

/** A network fault while a response is sent. */
export type Wire =
  | Reset
  /** The connection stays open, but nothing is sent. */
  | { readonly kind: "black-hole" }
  /** The body is sent in pieces, with pauses in between. */
  | { readonly kind: "drip"; readonly chunks: number; readonly pauseMs: number }
  /** Content-Length differs from the body's length; the connection is closed after the body. */
  | { readonly kind: "wrong-length"; readonly bytes: number };

/** The connection is reset before the first byte or in the middle of the body. */
type Reset = { readonly kind: "reset" | "reset-mid-body" };

/** A door's connection to its client. */
export interface Line {
  /** Aborts when the client disconnects or the door closes: then the response is no longer needed. */
  readonly signal: AbortSignal;
  /** Waits some milliseconds, or until the signal aborts. Without it there are no pauses. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Resets the connection after everything written was sent. Without it, the body's stream ends with an error. */
  readonly reset?: () => void;
}

/**
 * Returns a response with a network fault as a `Response`. If the door controls the connection (`line.reset`), the bytes
 * are those of a broken server; otherwise the client gets the equivalent result, such as a body that ends with an error.
 */
export async function sendOver(
  response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
  wire: Wire,
  line: Line,
): Promise<Response> {
  const { status, headers } = response;
  const bytes = stringToUint8Array(response.body);
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
      // With Content-Length, servers send the half at once, without chunks, which HTTP/1.0 does not have. In other doors
      // only the length shows that the body is cut: msw 3 in Node ends a body normally when its stream fails.
      return respond(streamOf([bytes.slice(0, bytes.length >> 1)], { line, end: "reset" }), {
        "Content-Length": `${bytes.length}`,
      });
    case "drip": {
      const pieces = cut(bytes, wire.chunks);
      const length = { "Content-Length": `${bytes.length}` };
      // React Native has no streams: the whole body is sent when the last piece would be.
      if (typeof ReadableStream !== "undefined") {
        return respond(streamOf(pieces, { line, end: "close", pauseMs: wire.pauseMs }), length);
      }
      for (let piece = 1; piece < pieces.length; piece += 1) await line.wait?.(wire.pauseMs, line.signal);
      return respond(response.body, length);
    }
    case "wrong-length": {
      const lengths = { "Content-Length": `${wire.bytes}`, Connection: "close" };
      if (line.reset) return respond(bytes, lengths);
      if (wire.bytes <= bytes.length) return respond(bytes.slice(0, wire.bytes));
      return respond(streamOf([bytes], { line, end: "reset" }), { "Content-Length": `${wire.bytes}` });
    }
  }
}

/** Whether the client receives nothing, not even a status. */
export function isSilent(kind: Wire["kind"]): boolean {
  return kind === "reset" || kind === "black-hole";
}

/** Whether the connection is reset: then a client's transport may repeat the request by itself. */
export function isReset(wire: Wire | undefined): wire is Reset {
  return wire?.kind === "reset" || wire?.kind === "reset-mid-body";
}

/** Whether the client receives less of the body than announced, and so an error in the middle of it. */
export function breaksOff({ body, wire }: { readonly body: string; readonly wire?: Wire }): boolean {
  if (body === "" || wire === undefined) return false;
  return (
    wire.kind === "reset-mid-body" || (wire.kind === "wrong-length" && wire.bytes > stringToUint8Array(body).length)
  );
}

/** Returns a stream that writes the pieces only as they are read. */
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
        // Where no connection is closed, nothing else fails the body: msw 2 in Node lets an aborted request read on.
        if (line.signal.aborted && !line.reset) return controller.error(line.signal.reason);
        written += 1;
        controller.enqueue(piece);
      },
    },
    // Nothing is buffered ahead, so a pause is visible to the client.
    { highWaterMark: 0 },
  );
}

function cut(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const size = Math.max(1, Math.ceil(bytes.length / count));
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => index * size);
  return starts.map((start) => bytes.slice(start, start + size));
}
