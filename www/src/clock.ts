// The world's clock: the simulator's last answer, advanced by this machine's clock since.
import type { Clock } from "./simulator.ts";

export class WorldClock {
  #clock: Clock = { now: 0, mode: "manual" };
  #heardAt = 0;

  hear(clock: Clock) {
    this.#clock = clock;
    this.#heardAt = performance.now();
  }

  /** Moves the clock forward to an instant that the simulator has named. */
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
