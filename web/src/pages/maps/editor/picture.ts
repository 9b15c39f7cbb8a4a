import { of, send } from "@/api/http";

const LARGEST = 1600;
const QUALITY = 0.86;

/** A picture as it is kept: no larger than a card can show, and without what a camera wrote into it. */
async function smaller(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/webp", QUALITY));
  return made ?? file;
}

/** Keep a picture with a map; returns what a card names it by. What is no picture is sent as it is, and refused. */
export async function kept(ws: string, map: string, file: Blob): Promise<string> {
  const content = await smaller(file).catch(() => file);
  const { image } = await send<{ image: string }>("POST", of(ws, "maps", map, "images"), content);
  return image;
}
