using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

internal static class AthenaFaults
{
    public static WarehouseRefusal OfAnswer(WarehouseAnswer answer, AthenaAccess access)
    {
        var said = answer.Body.TextAt("message") ?? answer.Body.TextAt("Message");
        var type = (answer.Body.TextAt("__type") ?? "").Split('#')[^1];
        return type switch
        {
            "UnrecognizedClientException" or "InvalidSignatureException" or "InvalidClientTokenId" or "SignatureDoesNotMatch" or "IncompleteSignatureException" or "MissingAuthenticationTokenException" or "ExpiredTokenException" =>
                new(SourceFaultCode.SignInFailed, $"Amazon does not take the keys of '{access.User}', or this machine's clock is off. Check access key, secret key and region.", said),
            "AccessDeniedException" => new(SourceFaultCode.PermissionDenied, $"'{access.User}' lacks the right for this. Needed: athena:* on the workgroup, glue:Get* on catalog and database, s3 access to data and output.", said),
            "MetadataException" or "ResourceNotFoundException" => new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said),
            "ThrottlingException" or "TooManyRequestsException" => new(SourceFaultCode.TooManyConnections, "Athena takes no more requests at the moment. Try again later.", said),
            "InvalidRequestException" when said?.Contains("was not found", StringComparison.OrdinalIgnoreCase) == true || said?.Contains("does not exist", StringComparison.OrdinalIgnoreCase) == true =>
                new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said),
            "InvalidRequestException" when said?.Contains("output location", StringComparison.OrdinalIgnoreCase) == true =>
                new(SourceFaultCode.InvalidSettings, "Neither the parameter output nor the workgroup says where results are to be kept.", said),
            _ => new(SourceFaultCode.SourceError, $"Athena reported an error ({(type.Length > 0 ? type : $"HTTP {(int)answer.Status}")}); the server log of Assay has the details.", said),
        };
    }

    public static WarehouseRefusal OfStatement(JsonElement status)
    {
        var said = status.TextAt("StateChangeReason") ?? "";
        bool Says(params string[] words) => words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
        return status.TextAt("State") == "CANCELLED" ? new(SourceFaultCode.TimedOut, "The statement was stopped: it took longer than allowed, or somebody cancelled it.", said)
            : Says("TABLE_NOT_FOUND", "SCHEMA_NOT_FOUND", "CATALOG_NOT_FOUND", "COLUMN_NOT_FOUND", "does not exist") ? new(SourceFaultCode.NotFound, "The object does not exist, or may not be seen.", said)
            : Says("PERMISSION_DENIED", "Access Denied", "AccessDenied", "Insufficient") ? new(SourceFaultCode.PermissionDenied, "The right for this is missing: to the data, its catalog, or the output location.", said)
            : new(SourceFaultCode.SourceError, "Athena could not run the statement; the server log of Assay has the details.", said);
    }
}
