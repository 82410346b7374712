// The world's clock, as this page knows it: asked now and then, and carried on by this machine's in between.
import type { Clock } from "./simulator.ts";

export class WorldClock {
  #clock: Clock = { now: 0, mode: "manual" };
  #heardAt = 0;

  hear(clock: Clock) {
    this.#clock = clock;
    this.#heardAt = performance.now();
  }

  /** Something was seen at that instant, so it is not earlier now: an answer takes its time on the way. */
  atLeast(instant: number) {
    if (this.now < instant) this.hear({ ...this.#clock, now: instant });
  }

  get runs(): boolean {
    return this.#clock.mode === "wall";
  }

  get now(): number {
    const since = this.runs ? performance.now() - this.#heardAt : 0;
    return Math.floor(this.#clock.now + since);
  }
}
