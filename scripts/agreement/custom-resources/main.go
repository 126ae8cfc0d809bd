// Command custom-resources says of each custom resource what the API server would say of creating it with strict field
// validation, with the API server's own code: k8s.io/apiextensions-apiserver. Its arguments are files of
// CustomResourceDefinitions as JSON, one a line; it reads one object a line, and writes one verdict a line:
//
//	{"valid":false,"message":"…","causes":[{"field":"spec.size","reason":"FieldValueRequired","message":"…"}]}
//
// With -objects, "object" is a valid object as the server would store it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	structural "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	kjson "k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
)

type verdict struct {
	Valid   bool                 `json:"valid"`
	Message string               `json:"message,omitempty"`
	Causes  []metav1.StatusCause `json:"causes,omitempty"`
	Object  any                  `json:"object,omitempty"`
}

// served is a version of a CRD as the server keeps it to serve requests.
type served struct {
	structural *structural.Structural
	strategy   rest.RESTCreateStrategy
}

type creater struct{}

func (creater) New(kind schema.GroupVersionKind) (runtime.Object, error) {
	object := &unstructured.Unstructured{}
	object.SetGroupVersionKind(kind)
	return object, nil
}

// typer says of an object what it says of itself, as the server's own for custom resources does.
type typer struct{}

func (typer) ObjectKinds(object runtime.Object) ([]schema.GroupVersionKind, bool, error) {
	return []schema.GroupVersionKind{object.GetObjectKind().GroupVersionKind()}, false, nil
}
func (typer) Recognizes(schema.GroupVersionKind) bool { return true }

var (
	scheme     = runtime.NewScheme()
	kinds      = map[schema.GroupVersionKind]*served{}
	serializer = kjson.NewSerializerWithOptions(kjson.DefaultMetaFactory, creater{}, typer{}, kjson.SerializerOptions{Strict: true})
	objects    = flag.Bool("objects", false, "also print each valid object as the server would store it")
)

func main() {
	flag.Parse()
	install.Install(scheme)
	for _, file := range flag.Args() {
		if err := readDefinitions(file); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			os.Exit(1)
		}
	}
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	write := json.NewEncoder(out)
	write.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			write.Encode(judge(line))
		}
		if err == io.EOF {
			return
		}
	}
}

func readDefinitions(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<20)
	for {
		line, end := in.ReadBytes('\n')
		if len(line) > 1 {
			if err := addDefinition(line); err != nil {
				return err
			}
		}
		if end == io.EOF {
			return nil
		}
	}
}

// addDefinition does what the server does when it begins to serve a CRD.
func addDefinition(line []byte) error {
	crd := &v1.CustomResourceDefinition{}
	if err := json.Unmarshal(line, crd); err != nil {
		return err
	}
	scheme.Default(crd)
	internal := &apiextensions.CustomResourceDefinition{}
	if err := scheme.Convert(crd, internal, nil); err != nil {
		return err
	}
	if errs := crdvalidation.ValidateCustomResourceDefinition(context.Background(), internal); len(errs) > 0 {
		fmt.Fprintf(os.Stderr, "%s: %v\n", crd.Name, errs.ToAggregate())
	}
	for index, version := range crd.Spec.Versions {
		if !version.Served || version.Schema == nil {
			continue
		}
		kind := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
		validationSchema := &apiextensions.CustomResourceValidation{}
		if err := v1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(version.Schema, validationSchema, nil); err != nil {
			return err
		}
		structuralSchema, err := structural.NewStructural(validationSchema.OpenAPIV3Schema)
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		structuralSchema = structuralSchema.DeepCopy()
		if err := defaulting.PruneDefaults(structuralSchema); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		validator, _, err := validation.NewSchemaValidator(validationSchema.OpenAPIV3Schema)
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		var status *apiextensions.CustomResourceSubresourceStatus
		var scale *apiextensions.CustomResourceSubresourceScale
		if sub := version.Subresources; sub != nil {
			if sub.Status != nil {
				status = &apiextensions.CustomResourceSubresourceStatus{}
			}
			if sub.Scale != nil {
				scale = &apiextensions.CustomResourceSubresourceScale{
					SpecReplicasPath: sub.Scale.SpecReplicasPath, StatusReplicasPath: sub.Scale.StatusReplicasPath, LabelSelectorPath: sub.Scale.LabelSelectorPath,
				}
			}
		}
		_ = index
		kinds[kind] = &served{structuralSchema, customresource.NewStrategy(
			typer{}, crd.Spec.Scope == v1.NamespaceScoped, kind, validator, nil, structuralSchema, status, scale, version.SelectableFields)}
	}
	return nil
}

func judge(line []byte) (v verdict) {
	defer func() {
		if r := recover(); r != nil {
			v = verdict{Message: fmt.Sprintf("panic: %v", r)}
		}
	}()
	decoded, kind, err := serializer.Decode(line, nil, &unstructured.Unstructured{})
	var strict []error
	if err != nil {
		strictErr, ok := runtime.AsStrictDecodingError(err)
		if !ok || decoded == nil {
			return refused(err)
		}
		strict = strictErr.Errors()
	}
	object := decoded.(*unstructured.Unstructured)
	version := kinds[*kind]
	if version == nil {
		return verdict{Message: "not judged: " + kind.String()}
	}
	unknown, err := coerce(object, version.structural)
	if err != nil {
		return refused(err)
	}
	for _, path := range unknown {
		strict = append(strict, fmt.Errorf("unknown field %q", path))
	}
	if len(strict) > 0 {
		return refused(runtime.NewStrictDecodingError(strict))
	}
	defaulting.Default(object.UnstructuredContent(), version.structural)
	rest.WipeObjectMetaSystemFields(object)
	namespace := object.GetNamespace()
	if version.strategy.NamespaceScoped() {
		if namespace == "" {
			namespace = metav1.NamespaceDefault
		}
		object.SetNamespace(namespace)
	} else {
		namespace = ""
		object.SetNamespace("") // the server takes it from the path, which has none
	}
	rest.FillObjectMetaSystemFields(object)
	if object.GetName() == "" && object.GetGenerateName() != "" {
		object.SetName(version.strategy.GenerateName(object.GetGenerateName()))
	}
	ctx := request.WithRequestInfo(context.Background(), &request.RequestInfo{APIGroup: kind.Group, APIVersion: kind.Version, Verb: "create"})
	ctx = request.WithNamespace(ctx, namespace)
	if err := rest.BeforeCreate(version.strategy, ctx, object); err != nil {
		return refused(err)
	}
	v = verdict{Valid: true}
	if *objects {
		v.Object = object.Object
	}
	return v
}

func refused(err error) verdict {
	v := verdict{Message: err.Error()}
	if status, ok := err.(apierrors.APIStatus); ok && status.Status().Details != nil {
		v.Causes = status.Status().Details.Causes
	}
	return v
}

// coerce is unstructuredSchemaCoercer.apply of apiextensions-apiserver's customresource_handler.go, which is private.
func coerce(u *unstructured.Unstructured, s *structural.Structural) ([]string, error) {
	kind, foundKind, err := unstructured.NestedString(u.UnstructuredContent(), "kind")
	if err != nil {
		return nil, err
	}
	apiVersion, foundVersion, err := unstructured.NestedString(u.UnstructuredContent(), "apiVersion")
	if err != nil {
		return nil, err
	}
	meta, foundMeta, unknown, err := objectmeta.GetObjectMetaWithOptions(u.Object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, err
	}
	unknown = append(unknown, pruning.PruneWithOptions(u.Object, s, true, structural.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})...)
	defaulting.PruneNonNullableNullsWithoutDefaults(u.Object, s)
	fieldErr, paths := objectmeta.CoerceWithOptions(nil, u.Object, s, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if fieldErr != nil {
		return nil, fieldErr
	}
	unknown = append(unknown, paths...)
	if foundKind {
		u.SetKind(kind)
	}
	if foundVersion {
		u.SetAPIVersion(apiVersion)
	}
	if foundMeta {
		if err := objectmeta.SetObjectMeta(u.Object, meta); err != nil {
			return nil, err
		}
	}
	return unknown, nil
}
