using Assay.Server.Web.Responses;

namespace Assay.Server.Datastores.Writes;

/// <summary>What is wrong with a request on its own, before anything is looked up.</summary>
internal static class DatastoreChecks
{
    public static List<FieldError> Problems(CreateDatastoreRequest request)
    {
        var errors = Problems((DatastorePlace)request);
        if (request.Group is not null && request.GroupId is not null)
            errors.Add(FieldError.InBody("group", "group and group_id are mutually exclusive: send one of them"));
        if (request.IsEnrichment && request.EnrichmentDatastoreId is not null)
            errors.Add(FieldError.InBody("enrichment_datastore_id", "An enrichment store cannot be linked to another"));
        return errors;
    }

    public static List<FieldError> Problems(DatastorePlace place) => (place.Connection, place.ConnectionId) switch
    {
        (null, null) => [FieldError.InBody("connection", "Either connection or connection_id is required", "missing")],
        (not null, not null) => [FieldError.InBody("connection", "connection and connection_id are mutually exclusive: send one of them")],
        _ => [],
    };
}
