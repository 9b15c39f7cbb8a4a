// Segment's client for browsers, without anything from elsewhere: its settings are here, not on a server of Segment's.
import { AnalyticsBrowser } from "@segment/analytics-next";

const asked = new URLSearchParams(location.search);
const apiHost = `${asked.get("host")}/v1`;
const writeKey = asked.get("key");
const who = asked.get("who");

async function say(strategy, name) {
  const sending = strategy ? { deliveryStrategy: { strategy, config: { size: 5, timeout: 200 } } } : {};
  const settings = { integrations: { "Segment.io": { apiKey: writeKey, apiHost, protocol: "http", ...sending } } };
  const analytics = AnalyticsBrowser.load(
    { writeKey, cdnSettings: settings },
    { disableClientPersistence: true, integrations: { "Segment.io": { apiHost, protocol: "http", ...sending } } },
  );
  await analytics.setAnonymousId(`${who}-device`);
  await analytics.page("Home", { strategy: name });
  for (let n = 0; n < 10; n += 1) {
    await analytics.track("Cart Viewed", { n, strategy: name, title: "购物车" });
  }
  await analytics.identify(who, { email: `${who}@example.org` });
}

say(undefined, "standard")
  .then(() => say("batching", "batching"))
  .then(() => (document.title = "said"));
