export { createEventStreams, tellEventsJob, tellEventsJobName } from './event-streams.ts'
export { eventRoutes } from './events.routes.ts'
export { recordEvent, recordEvents } from './record-event.ts'
