/**
 * Whether a body's stream reaches the app. React Native has none. In a page MSW transfers it to its service worker, which
 * Safari cannot do: MSW then reads the whole body first, and a body that breaks off would never be answered.
 */
export function canStream(): boolean {
  if (typeof ReadableStream === "undefined") return false;
  if (typeof navigator === "undefined" || !("serviceWorker" in navigator)) return true;
  try {
    const stream = new ReadableStream();
    const { port1 } = new MessageChannel();
    port1.postMessage(stream, [stream]);
    port1.close();
    return true;
  } catch {
    return false;
  }
}
