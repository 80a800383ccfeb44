import { createElement, useEffect, useState } from "react";
import { importFile } from "./import-file.mjs";

/** The component of the recipe's stories: it imports at once, and shows what became of it. */
export function UploadForm() {
  const [told, setTold] = useState("");
  useEffect(() => {
    importFile("https://example.com/cat.png", 10).then(setTold, ({ message }) => setTold(message));
  }, []);
  return createElement("p", {}, told);
}
