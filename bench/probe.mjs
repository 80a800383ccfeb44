/** Loaded into each server by --import, so that all report their use of resources in the same way. */
process.on("message", ({ asked }) => {
  const { user, system } = process.cpuUsage();
  process.send({ asked, cpuMicroseconds: user + system, rss: process.memoryUsage.rss() });
});
process.channel?.unref();
