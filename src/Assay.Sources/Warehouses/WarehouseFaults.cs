using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;

namespace Assay.Sources.Warehouses;

/// <summary>Says in plain words what went wrong with a vendor, and what to do about it.</summary>
internal static class WarehouseFaults
{
    public static SourceFault Of(Exception failure, string step, WarehouseAccess access, WarehousePlace place) => failure switch
    {
        SourceException known => known.Fault,
        WarehouseRefusal { Code: SourceFaultCode.NotFound } when step is WarehouseSteps.Catalog or WarehouseSteps.SignIn && place.Catalog is { } catalog =>
            new(SourceFaultCode.CatalogNotFound, WarehouseSteps.Catalog, $"There is no catalog '{catalog}' that '{access.User}' may see. Names are compared letter by letter, upper and lower case apart."),
        WarehouseRefusal { Code: SourceFaultCode.NotFound } when step is WarehouseSteps.Schema or WarehouseSteps.List && place.Schema is not null => NoSchema(access, place),
        WarehouseRefusal { Code: SourceFaultCode.NotFound } when step is WarehouseSteps.Query => new(SourceFaultCode.NotFound, step,
            $"A table, column or function that the query names is not there, or '{access.User}' may not see it. Names without a schema mean the datastore's own."),
        WarehouseRefusal { Code: SourceFaultCode.SourceError } when step is WarehouseSteps.Query => new(SourceFaultCode.SourceError, step,
            $"{access.Shown} cannot run the query: it is not one SELECT in its SQL, a name is not there, or types do not fit together. The server log of Assay has what it said."),
        WarehouseRefusal refusal => new(refusal.Code, refusal.Code is SourceFaultCode.SignInFailed ? WarehouseSteps.SignIn : step, refusal.Message),
        OperationCanceledException or TimeoutException => new(SourceFaultCode.TimedOut, step,
            $"{access.Shown} did not finish this step in time. It may be overloaded, or its compute may have to start first: try again in a minute."),
        JsonException or KeyNotFoundException or FormatException or InvalidOperationException => new(SourceFaultCode.Unsupported, step,
            $"{access.Shown} answered in a way that Assay does not understand. Check that host and port belong to this kind of service."),
        _ when HttpFaults.Of(failure, access.Shown) is { } fault => fault with { Step = StepOf(fault, step) },
        IOException => new(SourceFaultCode.ConnectionLost, step, $"The connection to {access.Shown} broke. Try again."),
        _ => new(SourceFaultCode.SourceError, step, $"The conversation with {access.Shown} failed in a way that Assay does not know; the server log of Assay has the details."),
    };

    public static SourceFault NoSchema(WarehouseAccess access, WarehousePlace place) => new(SourceFaultCode.SchemaNotFound, WarehouseSteps.Schema,
        $"{(place.Catalog is null ? access.Shown : $"Catalog '{place.Catalog}'")} has no schema '{place.Schema}' that '{access.User}' may see. Names are compared letter by letter, upper and lower case apart.");

    /// <summary>The line is made anew where the last one was closed, so that its faults can come at any step.</summary>
    private static string StepOf(SourceFault fault, string step) => fault.Code switch
    {
        SourceFaultCode.HostNotFound or SourceFaultCode.HostNotAllowed => WarehouseSteps.Resolve,
        SourceFaultCode.ConnectionRefused => WarehouseSteps.Connect,
        SourceFaultCode.TlsFailed => WarehouseSteps.Tls,
        _ => step,
    };
}
