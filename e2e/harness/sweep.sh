# Removes what a run of the tests made, when its standard input ends: the namespaces and volumes that carry the run's
# label, the run's folder, and what the cases themselves noted to be undone.
#   SELECTOR=label=value FOLDER=the run's folder KUBECONFIG=its cluster
cat > /dev/null
sleep 1 # what commands that were under way still make, when the run was killed

failed=0
if [ -f "$FOLDER/undo" ]; then sh "$FOLDER/undo" || failed=1; fi
for namespace in $(kubectl get namespaces -l "$SELECTOR" -o name); do
  # A shell as the first process ignores SIGTERM; a namespace would wait for each Pod's whole grace period.
  kubectl delete pods --all --force --grace-period=0 --wait=false -n "${namespace#namespace/}"
done
kubectl delete namespaces,persistentvolumes -l "$SELECTOR" --timeout=120s || failed=1
[ $failed = 0 ] && rm -rf "$FOLDER"
exit $failed
