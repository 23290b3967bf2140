/** Which of several boxes can stand without covering one before it. */

export type Box = { x: number; y: number; width: number; height: number };

/** For each box, by its left upper corner, whether it stands: the first come first. */
export function apart(boxes: readonly Box[]): boolean[] {
  const standing: Box[] = [];
  return boxes.map((box) => {
    if (standing.some((other) => isOver(box, other))) return false;
    standing.push(box);
    return true;
  });
}

function isOver(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
}
