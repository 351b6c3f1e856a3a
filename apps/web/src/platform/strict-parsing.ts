import { z } from 'zod'

// zod compiles parsers with `new Function` where it may; the content security policy forbids that and would report each try.
z.config({ jitless: true })
