export const problems = {
  retry: 'Retry',
  requestId: 'Request id',
  copy: 'Copy',
  copied: 'Copied',
  unreachable: {
    title: 'The server did not answer',
    detail: 'It may be stopped or starting, or the network is down. Nothing that you typed is lost.',
  },
  crashed: {
    title: 'This part of the page broke',
    detail: 'The rest still works. Retry draws it again; if that does not help, load the page again.',
  },
  pageCrashed: { title: 'This page broke', detail: 'Retry draws it again; what you typed is kept.' },
  unreadable: {
    title: 'The server’s answer could not be read',
    detail: 'This page and the server may be of different versions. Load the page again.',
  },
  notFound: {
    title: 'There is nothing at this address',
    detail: 'The link may be old or cut.',
    home: 'To the workbench',
  },
  stillLoading: 'Still loading',
  next: {
    retry: 'Try it again. If it keeps happening, give the request id to whoever runs this server.',
    wait: 'Wait a moment, then try again.',
    signIn: 'Sign in to go on.',
    reload: 'Load the page again to see what is there now.',
  },
}
