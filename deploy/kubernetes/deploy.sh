#!/usr/bin/env bash
# deploy.sh OVERLAY IMAGE: brings an overlay to the image, watches it, and goes back to what ran before when it does not answer well.
# URL is where it is reached from outside. KUBECONFIG_CONTENT and SETTINGS (the lines of secrets.env) are written where kubectl and
# kustomize look for them; without them what is there is used.
set -euo pipefail

overlay=$1
image=$2
here=$(cd "$(dirname "$0")" && pwd)
namespace=recomamp-$overlay
deployments=(recomamp-web recomamp-worker)
good_answers=12
seconds_between=5

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$here/base" "$here/overlays" "$work"
umask 077
if [[ -n ${KUBECONFIG_CONTENT:-} ]]; then
  printf '%s' "$KUBECONFIG_CONTENT" >"$work/kubeconfig"
  export KUBECONFIG=$work/kubeconfig
fi
if [[ -n ${SETTINGS:-} ]]; then
  printf '%s\n' "$SETTINGS" >"$work/overlays/$overlay/secrets.env"
elif [[ -f $here/overlays/$overlay/secrets.env ]]; then
  cp "$here/overlays/$overlay/secrets.env" "$work/overlays/$overlay/"
fi

# The image is the one that was tested, by its digest: a tag could have moved since.
kubectl kustomize "$work/overlays/$overlay" |
  sed "s|image: images.example.com/recomamp:latest|image: $image|" >"$work/all.yaml"

kubectl apply --namespace "$namespace" --filename "$work/all.yaml"

roll_back() {
  echo "going back to what ran before: $1" >&2
  for deployment in "${deployments[@]}"; do
    kubectl rollout undo --namespace "$namespace" "deployment/$deployment" || true
  done
  exit 1
}

for deployment in "${deployments[@]}"; do
  kubectl rollout status --namespace "$namespace" --timeout=5m "deployment/$deployment" ||
    roll_back "$deployment was not ready in time"
done

for ((answer = 1; answer <= good_answers; answer += 1)); do
  curl --silent --show-error --fail --max-time 5 --output /dev/null "$URL/readyz" || roll_back "$URL/readyz did not answer well"
  sleep "$seconds_between"
done
echo "$overlay runs $image"
