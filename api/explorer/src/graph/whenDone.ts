/** Calls back when the graphics processor has done all that it was told so far; never waits for it. */
export function whenDone(gl: WebGL2RenderingContext, done: () => void): void {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) return;
  gl.flush();
  const look = () => {
    if (gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED) return void requestAnimationFrame(look);
    gl.deleteSync(fence);
    done();
  };
  requestAnimationFrame(look);
}
