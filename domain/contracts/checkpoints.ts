/** How far each consumer of the log has dealt with it. */
export interface Checkpoints {
  /** 0 when the consumer is new. */
  load(consumer: string): Promise<number>;
  /** Durable by the time it resolves. */
  save(consumer: string, position: number): Promise<void>;
}
