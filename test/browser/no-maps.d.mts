import type { Plugin } from "vite";

export declare const noMaps: Plugin;
