import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  defaultTextMapGetter,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Tracing } from './tracing.ts'

/** Sends spans to an OTLP collector over HTTP. Loaded only where one is configured. */
export function startTracing(to: {
  endpoint: string
  headers: Readonly<Record<string, string>>
  serviceName: string
  version: string
}): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${to.endpoint}/v1/traces`, headers: { ...to.headers } })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': to.serviceName, 'service.version': to.version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('recomamp')
  const propagator = new W3CTraceContextPropagator()
  const going = new AsyncLocalStorage<Context>()

  function end(span: Span, failed: boolean, at?: number): void {
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(at)
  }

  return {
    begin(name, headers, next) {
      const caller = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, caller)
      going.run(trace.setSpan(caller, span), next)
      return {
        end(attributes, failed) {
          span.setAttributes({ ...attributes })
          end(span, failed)
        },
      }
    },
    ended({ name, durationMs, failed, attributes, standsAlone }) {
      const context = going.getStore()
      if (context === undefined && !standsAlone) return
      const now = performance.timeOrigin + performance.now()
      const options = { kind: SpanKind.CLIENT, startTime: now - durationMs, attributes: { ...attributes } }
      end(tracer.startSpan(name, options, context ?? ROOT_CONTEXT), failed, now)
    },
    stop: () => provider.shutdown(),
  }
}
