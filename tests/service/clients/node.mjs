// Everything that Segment's client for Node can say, to the server and with the key given as arguments.
import { Analytics } from "@segment/analytics-node";

const [host, writeKey, who] = process.argv.slice(2);
const analytics = new Analytics({ host, writeKey, flushAt: 20, flushInterval: 200 });
let failed = 0;
analytics.on("error", (error) => {
  failed += 1;
  console.error(error);
});

const then = (n) => new Date(Date.UTC(2026, 2, 1, 12, 0, n));
for (let n = 0; n < 250; n += 1) {
  const messageId = `${who}-${String(n).padStart(3, "0")}`;
  analytics.track({ userId: who, event: "Cart Viewed", properties: { n, title: "购物车" }, timestamp: then(n), messageId });
}
analytics.identify({ userId: who, traits: { email: `${who}@example.org` }, timestamp: then(0) });
analytics.page({ userId: who, name: "Home", timestamp: then(0) });
analytics.screen({ userId: who, name: "Start", timestamp: then(0) });
analytics.group({ userId: who, groupId: "acme", traits: { industry: "steel" }, timestamp: then(0) });
analytics.alias({ userId: who, previousId: `old-${who}`, timestamp: then(0) });
await analytics.closeAndFlush({ timeout: 30000 });
process.exit(failed ? 1 : 0);
