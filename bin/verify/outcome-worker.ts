import { parentPort, workerData } from "node:worker_threads";
import { type Job, outcomeOf } from "./outcome.js";

parentPort?.postMessage(await outcomeOf(workerData as Job));
