# Removes what a run of the tests made, when its standard input ends: the namespaces and volumes that carry the run's
# label, the run's folder, and what the cases themselves noted to be undone.
#   SELECTOR=label=value FOLDER=the run's folder KUBECONFIG=its cluster
cat > /dev/null
sleep 1 # what commands that were under way still make, when the run was killed

failed=0
if [ -f "$FOLDER/undo" ]; then . "$FOLDER/undo"; fi # each line says where it failed
namespaces() { kubectl get namespaces -l "$SELECTOR" -o name; }
for namespace in $(namespaces); do
  # A shell as the first process ignores SIGTERM; a namespace would wait for each Pod's whole grace period.
  kubectl delete pods --all --force --grace-period=0 --wait=false -n "${namespace#namespace/}"
done
delete() { kubectl delete namespaces,persistentvolumes -l "$SELECTOR" --timeout=60s; }
delete || {
  # A pod whose Job went with the namespace can keep the mark by which the Job's controller counts it.
  for namespace in $(namespaces); do
    for pod in $(kubectl get pods -n "${namespace#namespace/}" -o name); do
      kubectl patch "$pod" -n "${namespace#namespace/}" --type=merge -p '{"metadata":{"finalizers":null}}'
    done
  done
  delete || failed=1
}
[ $failed = 0 ] && rm -rf "$FOLDER"
exit $failed
