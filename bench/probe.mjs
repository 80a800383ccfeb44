/** Loaded into each server by --import, so that all tell in the same way what they took. */
process.on("message", ({ asked }) => {
  const { user, system } = process.cpuUsage();
  process.send({ asked, cpuMicroseconds: user + system, rss: process.memoryUsage.rss() });
});
process.channel?.unref();
