/** How to send an event, in the ways that are asked for most. */

export const WAYS = ["browser", "curl", "python", "node"] as const;
export type Way = (typeof WAYS)[number];

export function snippet(way: Way, server: string, key: string): string {
  switch (way) {
    case "browser":
      return `<script>window.lvtu = window.lvtu || [];</script>
<script async src="${server}/lvtu.js" data-write-key="${key}"></script>
<script>
  lvtu.push(["identify", "C1042"]);
  lvtu.push(["track", "Product Viewed", { sku: "A1", price: 59 }]);
</script>`;
    case "curl":
      return `curl ${server}/v1/track \\
  -u ${key}: \\
  -H 'Content-Type: application/json' \\
  -d '{
    "userId": "C1042",
    "event": "Order Completed",
    "properties": { "value": 59, "currency": "CNY" }
  }'`;
    case "python":
      return `# pip install segment-analytics-python
import segment.analytics as analytics

analytics.write_key = "${key}"
analytics.host = "${server}"

analytics.track("C1042", "Order Completed", {"value": 59, "currency": "CNY"})
analytics.flush()`;
    case "node":
      return `// npm install @segment/analytics-node
import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${key}", host: "${server}" });

analytics.track({
  userId: "C1042",
  event: "Order Completed",
  properties: { value: 59, currency: "CNY" },
});
await analytics.closeAndFlush();`;
  }
}
