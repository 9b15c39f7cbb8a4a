export const WAYS = ["curl", "Python", "Node"] as const;
export type Way = (typeof WAYS)[number];

/** A first event to send, as a program that can be run as it stands. */
export function snippet(way: Way, host: string, key: string): string {
  if (way === "curl") {
    return [
      `curl ${host}/v1/track -u '${key}:' \\`,
      "  -H 'Content-Type: application/json' \\",
      `  -d '{"userId": "c-1", "event": "Product Viewed", "properties": {"product": "Tea"}}'`,
    ].join("\n");
  }
  if (way === "Python") {
    return [
      "# pip install segment-analytics-python",
      "import segment.analytics as analytics",
      "",
      `analytics.write_key = "${key}"`,
      `analytics.host = "${host}"`,
      `analytics.track("c-1", "Product Viewed", {"product": "Tea"})`,
      "analytics.flush()",
    ].join("\n");
  }
  return [
    "// npm install @segment/analytics-node",
    `import { Analytics } from "@segment/analytics-node";`,
    "",
    `const analytics = new Analytics({ writeKey: "${key}", host: "${host}" });`,
    `analytics.track({ userId: "c-1", event: "Product Viewed", properties: { product: "Tea" } });`,
    "await analytics.closeAndFlush();",
  ].join("\n");
}
