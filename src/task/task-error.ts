/** What a failed task's error says where nobody chose other words. */
export const TASK_ERROR = {
  category: "VALIDATION_ERROR",
  message: "The file could not be fetched from its url.",
} as const;
