using System.Text.Json.Nodes;
using Assay.Server.Tests.Harness;

namespace Assay.Server.Tests.Permissions;

/// <summary>The table itself. Columns: see <see cref="Company.Callers"/>.</summary>
internal static class Matrix
{
    // Who signs in with nothing, with a revoked token, or is deactivated is nobody: 401 before anything else.
    private const string Nobody = "401 401 401";
    private const string Everyone = Nobody + " 200 200 200 200 200 200 200 200 200 200 200";
    private const string Managers = Nobody + " 403 403 403 403 403 403 403 200 200 200 200";
    private const string Admins = Nobody + " 403 403 403 403 403 403 403 403 403 403 200";


    // What a team permission on the datastore decides. A Member without one is not told that it exists; a Manager lists everything and is.
    private const string Readers = Nobody + " 404 200 200 200 200 200 200 403 200 200 200";
    private const string Editors = Nobody + " 404 403 403 403 403 200 200 403 403 200 200";

    private const string Viewers = Nobody + " 404 403 200 200 200 200 200 403 403 200 200";
    private const string Drafters = Nobody + " 404 403 403 200 200 200 200 403 403 200 200";
    private const string Authors = Nobody + " 404 403 403 403 200 200 200 403 403 200 200";

    public static readonly IReadOnlyList<MatrixRow> Rows =
    [
        // The permission summary of the datastore API.
        new("List observability", (_, api) => api.Get("/api/observability"), Everyone),
        new("See a container's insights", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/insights"), Readers),
        new("List datastores", (_, api) => api.Get("/api/datastores"), Everyone),
        new("Get a datastore", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}"), Readers),
        new("Create a datastore", (c, api) => api.Post("/api/datastores", Datastore(c, c.Team("Editor").Name)),
            Nobody + " 403 403 403 403 403 403 403 403 403 201 201"),
        new("Create a datastore for everyone", (c, api) => api.Post("/api/datastores", Datastore(c)), Managers.Replace("200", "201")), // Public is an Editor team
        new("Update a datastore", async (c, api) => await api.Put($"/api/datastores/{await c.Datastore()}", new JsonObject { ["description"] = "changed" }), Editors),
        new("Delete a datastore", async (c, api) => await api.Delete($"/api/datastores/{await c.Datastore()}"), Admins.Replace("200", "204")),
        new("Delete many datastores", async (c, api) => await api.Delete("/api/datastores", new JsonObject { ["ids"] = new JsonArray(await c.Datastore()) }), Admins),
        new("Toggle favorite", async (c, api) => await api.Patch($"/api/datastores/{await c.Datastore()}/favorite", new JsonObject { ["favorite"] = true }), Readers),
        new("Assign group", async (c, api) => await api.Patch($"/api/datastores/{await c.Datastore()}/assign-group", new JsonObject { ["group_id"] = await c.Group() }), Editors),
        new("Link enrichment", async (c, api) => await api.Patch($"/api/datastores/{await c.Datastore()}/enrichment/{await c.EnrichmentStore()}"), Editors),
        new("See what a link would come to", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}/enrichment/{await c.EnrichmentStore()}"), Editors),
        new("See how enrichment goes", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}/enrichment"), Readers),
        new("Retry enrichment", async (c, api) => await api.Post($"/api/datastores/{await c.Datastore()}/enrichment/retry"), Editors),
        new("List an enrichment store's tables", async (c, api) => await api.Get($"/api/datastores/{await c.EnrichmentStore()}/listing"), Readers),
        new("See rows at an enrichment store", async (c, api) => await api.Get($"/api/datastores/{await c.EnrichmentStore()}/source-records?path=none"), Viewers.Replace("200", "404")),
        new("Unlink enrichment", async (c, api) => await api.Delete($"/api/datastores/{await c.Datastore()}/enrichment"), Admins.Replace("200", "204")),
        new("Test connection", (c, api) => api.Post("/api/datastores/connection", Datastore(c)), Managers.Replace("200", "400")), // nobody listens there
        new("Verify a saved datastore", async (c, api) => await api.Post($"/api/datastores/{await c.Datastore()}/connection"), Readers),
        new("List datastores briefly", (_, api) => api.Get("/api/datastores/listing"), Everyone),
        new("Get an unknown datastore", (_, api) => api.Get("/api/datastores/999999999"), $"{Nobody} 404 404 404 404 404 404 404 404 404 404 404"),

        // Users, teams, tokens.
        new("List users", (_, api) => api.Get("/api/users"), Managers),
        new("List users briefly", (_, api) => api.Get("/api/users/listing"), Managers),
        new("Get the caller", (_, api) => api.Get("/api/users/me"), Everyone),
        new("Start a session", (_, api) => api.Get("/api/bootstrap"), Everyone),
        new("Get a user", async (c, api) => await api.Get($"/api/users/{(await c.Assay.CreateUser()).Id}"), Managers),
        new("Create a user", (_, api) => api.Post("/api/users", new JsonObject { ["name"] = People.Unique("made"), ["role"] = "Member" }), Admins),
        new("Update a user", async (c, api) => await api.Put($"/api/users/{(await c.Assay.CreateUser()).Id}", new JsonObject { ["role"] = "Manager" }), Admins),
        new("List teams", (_, api) => api.Get("/api/teams"), Managers),
        new("Get a team", (c, api) => api.Get($"/api/teams/{c.Team("Viewer").Id}"), Managers),
        new("Create a team", (_, api) => api.Post("/api/teams", new JsonObject { ["name"] = People.Unique("made") }), Admins),
        new("Update a team", async (c, api) => await api.Put($"/api/teams/{(await c.Assay.CreateTeam("Viewer")).Id}", new JsonObject { ["permission"] = "Author" }), Admins),
        new("Delete a team", async (c, api) => await api.Delete($"/api/teams/{(await c.Assay.CreateTeam("Viewer")).Id}"), Admins.Replace("200", "204")),
        new("List one's own tokens", (_, api) => api.Get("/api/user-tokens"), Everyone),
        new("List service tokens", (_, api) => api.Get("/api/user-tokens/service"), Admins),
        new("Create a token for oneself", (_, api) => api.Post("/api/user-tokens", new JsonObject { ["name"] = People.Unique("made") }), Everyone),
        new("Create a token for a service account", async (c, api) =>
            await api.Post("/api/user-tokens", new JsonObject { ["name"] = "made", ["user_id"] = (await c.Assay.CreateServiceAccount()).Id }), Admins),
        new("Revoke someone else's token", async (c, api) => await api.Put($"/api/user-tokens/{(await c.Assay.CreateUser()).TokenId}"), Admins.Replace("403", "404")),
        new("Delete someone else's token", async (c, api) => await api.Delete($"/api/user-tokens/{(await c.Assay.CreateUser()).TokenId}"),
            Admins.Replace("403", "404").Replace("200", "409")),

        new("List who saw masked values", (_, api) => api.Get("/api/audit-logs/masking"), Admins),
        new("List activity", (_, api) => api.Get("/api/activity"), Managers),

        // Connections.
        new("List connections", (_, api) => api.Get("/api/connections"), Everyone),
        new("List connections briefly", (_, api) => api.Get("/api/connections/listing"), Everyone),
        new("Get a connection", (c, api) => api.Get($"/api/connections/{c.ConnectionId}"), Everyone),
        new("Get a connection's history", (c, api) => api.Get($"/api/connections/{c.ConnectionId}/history"), Everyone),
        new("Create a connection", (_, api) => api.Post("/api/connections", Connection()), Managers),
        new("Update a connection", async (c, api) => await api.Put($"/api/connections/{await c.Assay.SeedConnection()}?verify=false",
            new JsonObject { ["name"] = People.Unique("renamed"), ["type"] = "postgresql" }), Managers),
        new("Delete a connection", async (c, api) => await api.Delete($"/api/connections/{await c.Assay.SeedConnection()}"), Managers.Replace("200", "204")),
        new("Test a connection", (c, api) => api.Post($"/api/connections/{c.ConnectionId}/test"), Managers.Replace("200", "400")), // nobody listens there

        // Onboarding; nobody listens behind these connections.
        new("Discover catalogs", (_, api) => api.Post("/api/connections/catalogs", Connection()), Managers.Replace("200", "400")),
        new("Discover catalogs of a connection", (c, api) => api.Get($"/api/connections/{c.ConnectionId}/catalogs"), Managers.Replace("200", "400")),
        new("Discover schemas", (_, api) => api.Post("/api/connections/schemas", Connection()), Managers.Replace("200", "400")),
        new("Discover schemas of a connection", (c, api) => api.Get($"/api/connections/{c.ConnectionId}/schemas"), Managers.Replace("200", "400")),
        new("Validate schemas", (_, api) => api.Post("/api/connections/datastores/validate", Schemas(("connection", Connection()))), Managers),
        new("Validate schemas of a connection", (c, api) => api.Post($"/api/connections/{c.ConnectionId}/datastores/validate", Schemas()), Managers),
        new("Bulk create datastores", (_, api) => api.Post("/api/connections/datastores/bulk", Schemas(("connection", Connection()))), Managers),
        new("Bulk create datastores of a team", (c, api) => api.Post($"/api/connections/{c.ConnectionId}/datastores/bulk", Schemas(("teams", new JsonArray(c.Team("Editor").Name)))),
            Nobody + " 403 403 403 403 403 403 403 403 403 200 200"),

        // Groups and tags.
        new("List groups", (_, api) => api.Get("/api/datastore-groups"), Everyone),
        new("Create a group", (_, api) => api.Post("/api/datastore-groups", new JsonObject { ["name"] = People.Unique("made") }), Managers),
        new("Update a group", async (c, api) => await api.Put($"/api/datastore-groups/{await c.Group()}", new JsonObject { ["name"] = People.Unique("renamed") }), Managers),
        new("Delete a group", async (c, api) => await api.Delete($"/api/datastore-groups/{await c.Group()}"), Managers),
        new("List tags", (_, api) => api.Get("/api/global-tags"), Everyone),
        new("List tags with their uses", (_, api) => api.Get("/api/global-tags/listing"), Everyone),
        new("Get a tag", async (c, api) => await api.Get($"/api/global-tags/{await c.Tag()}"), Everyone),
        new("Create a tag", (_, api) => api.Post("/api/global-tags", new JsonObject { ["name"] = People.Unique("made"), ["type"] = "global" }), Managers),
        new("Update a tag", async (c, api) => await api.Put($"/api/global-tags/{await c.Tag()}", new JsonObject { ["description"] = "changed" }), Managers),
        new("Delete a tag", async (c, api) => await api.Delete($"/api/global-tags/{await c.Tag()}"), Managers.Replace("200", "204")),

        // Operations.
        new("List operations", (_, api) => api.Get("/api/operations"), Everyone),
        new("Run a sync", async (c, api) => await api.Post("/api/operations/run", new JsonObject { ["type"] = "sync", ["datastore_id"] = await c.Datastore() }), Editors),
        new("Get an operation", async (c, api) => await api.Get($"/api/operations/{await c.Operation()}"), Readers),
        new("Get an operation's containers", async (c, api) => await api.Get($"/api/operations/{await c.Operation()}/containers"), Readers),
        new("Get an operation's heartbeat", async (c, api) => await api.Get($"/api/operations/{await c.Operation()}/heartbeat"), Readers),
        new("Abort an operation", async (c, api) => await api.Put($"/api/operations/abort/{await c.Operation()}"), Editors),
        new("Rerun an operation", async (c, api) => await api.Put($"/api/operations/rerun/{await c.Operation()}"), Editors),
        new("Resume an operation", async (c, api) => await api.Put($"/api/operations/run/{await c.Operation()}"), Editors.Replace("200", "409")),
        new("Delete an operation", async (c, api) => await api.Delete($"/api/operations/{await c.Operation()}"), Editors.Replace("200", "204")),
        new("Count operations day by day", (_, api) => api.Get("/api/operations/heat-map"), Everyone),
        new("Promote checks", async (c, api) => await c.Promote(api), Editors),
        new("Get a datastore's latest operations", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}/operations"), Readers),
        new("Get what is next for a datastore", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}/actions"), Readers),

        // Exports and copies. Nobody gets further than the store that is not linked, who is let in at all.
        new("Export", async (c, api) => await api.Post("/api/operations/run", new JsonObject { ["type"] = "export", ["asset_type"] = "checks", ["datastore_id"] = await c.Datastore() }), Editors.Replace("200", "409")),
        new("Materialize", async (c, api) => await api.Post("/api/operations/run", new JsonObject { ["type"] = "materialize", ["datastore_id"] = await c.Datastore() }), Editors.Replace("200", "409")),
        new("Export templates by an operation", async (c, api) => await api.Post("/api/operations/run",
            new JsonObject { ["type"] = "global_export", ["asset_type"] = "check_templates", ["enrichment_datastore_id"] = await c.EnrichmentStore() }), Editors),
        new("Export anomalies", async (c, api) => await api.Post($"/api/export/anomalies?datastore={await c.Datastore()}"), Editors.Replace("200", "409")),
        new("Export checks", async (c, api) => await api.Post($"/api/export/checks?datastore={await c.Datastore()}"), Editors.Replace("200", "409")),
        new("Export field profiles", async (c, api) => await api.Post($"/api/export/field-profiles?datastore={await c.Datastore()}"), Editors.Replace("200", "409")),
        new("Export check templates", async (c, api) => await api.Post($"/api/export/check-templates?enrich_datastore_id={await c.EnrichmentStore()}"), Editors.Replace("200", "204")),

        // Containers and fields.
        new("List containers", (_, api) => api.Get("/api/containers"), Everyone),
        new("List containers briefly", async (c, api) => await api.Get($"/api/containers/listing?datastore={await c.Datastore()}"), Everyone),
        new("Get a container", async (c, api) => await api.Get($"/api/containers/{await c.Container()}"), Readers),
        new("Get a container's fields", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/fields"), Readers),
        new("Favor a container", async (c, api) => await api.Patch($"/api/containers/{await c.Container()}/favorite", new JsonObject { ["favorite"] = true }), Readers),
        new("Update a container", async (c, api) => await api.Put($"/api/containers/{await c.Container()}",
            new JsonObject { ["container_type"] = "table", ["description"] = "changed" }), Editors),
        new("Change several containers", async (c, api) => await api.Patch("/api/containers",
            new JsonArray(new JsonObject { ["id"] = await c.Container(), ["tags"] = new JsonArray() })), Editors),
        new("Delete a container", async (c, api) => await api.Delete($"/api/containers/{await c.Container()}"), Editors.Replace("200", "204")),
        new("Preview a container", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/preview"), Viewers.Replace("200", "400")), // nobody listens there
        new("Get a container's records", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/source-records"), Viewers.Replace("200", "400")),
        new("Make a computed field", async (c, api) => await api.Post("/api/computed-fields", ComputedField(await c.Container())), Editors.Replace("200", "400")),
        new("List transformations", (_, api) => api.Get("/api/computed-fields/specifications"), Everyone),
        new("Change a computed field", async (c, api) => await api.Put($"/api/computed-fields/{await c.ComputedField()}", ComputedField(1)), Editors.Replace("200", "400")),
        new("Delete a computed field", async (c, api) => await api.Delete($"/api/computed-fields/{await c.ComputedField()}"), Editors.Replace("200", "204")),
        new("List partitions", (_, api) => api.Get("/api/partitions"), Everyone),
        new("Get a partition", async (c, api) => await api.Get($"/api/partitions/{await c.Partition()}"), Readers),
        new("Decide about a partition's anomalies", async (c, api) => await api.Put($"/api/partitions/{await c.Partition()}/anomalies/Resolved"), Authors),
        new("Tag a partition", async (c, api) => await api.Put($"/api/partitions/{await c.Partition()}", new JsonObject { ["tags"] = new JsonArray() }), Editors),
        new("List fields", (_, api) => api.Get("/api/fields"), Everyone),
        new("List fields briefly", async (c, api) => await api.Get($"/api/fields/listing?container={await c.Container()}"), Everyone),
        new("Get a field", async (c, api) => await api.Get($"/api/fields/{await c.Field()}"), Readers),
        new("Update a field", async (c, api) => await api.Put($"/api/fields/{await c.Field()}", new JsonObject { ["description"] = "changed" }), Editors),
        new("Get a field's history", async (c, api) => await api.Get($"/api/fields/{await c.Field()}/history"), Readers),
        new("Exclude a field", async (c, api) => await api.Delete($"/api/fields/{await c.Field()}"), Editors.Replace("200", "204")),
        new("Restore a field", async (c, api) => await api.Post($"/api/fields/{await c.Field()}/restore"), Editors),
        new("Change several fields", async (c, api) => await api.Patch("/api/fields", new JsonArray(new JsonObject { ["id"] = await c.Field(), ["status"] = "masked" })), Editors),
        new("Exclude several fields", async (c, api) => await api.Delete("/api/fields", new JsonArray(new JsonObject { ["id"] = await c.Field() })), Editors.Replace("200", "204")),
        new("Restore several fields", async (c, api) => await api.Patch("/api/fields/restore", new JsonArray(new JsonObject { ["id"] = await c.Field() })), Editors),
        new("Merge two fields", async (c, api) => await api.Post($"/api/fields/merge?{await c.RenamedField()}"), Editors),
        new("Search", (_, api) => api.Get("/api/search?name=x"), Everyone),

        // Quality checks: Reporters read, Drafters draft, Authors author.
        new("List checks", (_, api) => api.Get("/api/quality-checks"), Everyone),
        new("List checks briefly", async (c, api) => await api.Get($"/api/quality-checks/listing?container={await c.Container()}"), Everyone),
        new("List rule specifications", (_, api) => api.Get("/api/quality-checks/specifications/rules"), Everyone),
        new("List rule specifications with their uses", (_, api) => api.Get("/api/quality-checks/specifications/rules/listing"), Everyone),
        new("Get a check", async (c, api) => await api.Get($"/api/quality-checks/{await c.Check()}"), Readers),
        new("Get a check's history", async (c, api) => await api.Get($"/api/quality-checks/{await c.Check()}/history"), Readers),
        new("List a check's results", async (c, api) => await api.Get($"/api/quality-checks/{await c.Check()}/results"), Readers),
        new("List checks with their measurements", (_, api) => api.Get("/api/quality-checks/measurements"), Everyone),
        new("List checks with their anomalies", (_, api) => api.Get("/api/quality-checks/observability"), Everyone),
        new("Favor a check", async (c, api) => await api.Patch($"/api/quality-checks/{await c.Check()}/favorite", new JsonObject { ["favorite"] = true }), Readers),
        new("Draft a check", async (c, api) => await api.Post("/api/quality-checks", Check(await c.Container(), "Draft")), Drafters),
        new("Validate a check", async (c, api) => await api.Post("/api/quality-checks/validate", new JsonObject { ["quality_check"] = Check(await c.Container()) }), Drafters.Replace("200", "204")),
        new("Try a check", async (c, api) => await api.Post($"/api/quality-checks/{await c.Check()}/dry-run"), Drafters.Replace("200", "400")), // nobody listens there
        new("Try a check without saving it", async (c, api) => await api.Post("/api/quality-checks/dry-run", new JsonObject { ["quality_check"] = Check(await c.Container()) }), Drafters.Replace("200", "400")),
        new("Change a draft", async (c, api) => await api.Put($"/api/quality-checks/{await c.Check("Draft")}", Check(1, "Draft")), Drafters),
        new("Restore a check as a draft", async (c, api) => await api.Post($"/api/quality-checks/{await c.Check()}/restore", new JsonObject { ["status"] = "Draft" }), Drafters),
        new("Create a check", async (c, api) => await api.Post("/api/quality-checks", Check(await c.Container())), Authors),
        new("Activate a draft", async (c, api) => await api.Put($"/api/quality-checks/{await c.Check("Draft")}", Check(1)), Authors),
        new("Update a check", async (c, api) => await api.Put($"/api/quality-checks/{await c.Check()}", Check(1)), Authors),
        new("Change several checks", async (c, api) => await api.Patch("/api/quality-checks", new JsonArray(new JsonObject { ["id"] = await c.Check(), ["description"] = "changed" })), Authors),
        new("Restore a check", async (c, api) => await api.Post($"/api/quality-checks/{await c.Check()}/restore"), Authors),
        new("Archive a check", async (c, api) => await api.Delete($"/api/quality-checks/{await c.Check()}"), Authors.Replace("200", "204")),
        new("Archive several checks", async (c, api) => await api.Put("/api/quality-checks", new JsonArray(new JsonObject { ["id"] = await c.Check() })), Authors.Replace("200", "204")),
        new("Delete several checks", async (c, api) => await api.Delete("/api/quality-checks", new JsonArray(new JsonObject { ["id"] = await c.Check(), ["archive"] = false })), Authors.Replace("200", "204")),
        new("List templates", (_, api) => api.Get("/api/quality-check-templates"), Everyone),
        new("Get a template", async (c, api) => await api.Get($"/api/quality-check-templates/{await c.Template()}"), Everyone),
        new("Get a template among the checks", async (c, api) => await api.Get($"/api/quality-checks/{await c.Template()}"), Everyone),
        new("Create a template", (_, api) => api.Post("/api/quality-check-templates", Template()), Managers),
        new("Update a template", async (c, api) => await api.Put($"/api/quality-check-templates/{await c.Template()}", Template()), Managers),
        new("Archive a template", async (c, api) => await api.Delete($"/api/quality-check-templates/{await c.Template()}"), Managers.Replace("200", "204")),
        new("Update a template among the checks", async (c, api) => await api.Patch("/api/quality-checks", new JsonArray(new JsonObject { ["id"] = await c.Template(), ["description"] = "changed" })), Managers),
        new("Restore a template", async (c, api) => await api.Post($"/api/quality-checks/{await c.Template()}/restore"), Managers),
        new("Try a template's history", async (c, api) => await api.Get($"/api/quality-checks/{await c.Template()}/history"), Everyone),
        new("Archive a template among the checks", async (c, api) => await api.Delete($"/api/quality-checks/{await c.Template()}"), Managers.Replace("200", "204")),
        new("Create checks from a template", async (c, api) => await api.Post($"/api/quality-check-templates/{await c.Template()}/quality-checks",
            new JsonArray(new JsonObject { ["container_id"] = await c.Container(), ["fields"] = new JsonArray("column") })), Authors),

        // Anomalies: Reporters read, Viewers see the records and comment, Authors decide.
        new("List anomalies", (_, api) => api.Get("/api/anomalies"), Everyone),
        new("Get an anomaly", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}"), Readers),
        new("Get an anomaly's history", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}/history"), Readers),
        new("See an anomaly's records", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}/source-record"), Viewers),
        new("Download an anomaly's records", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}/source-record/csv"), Viewers),
        new("Download an anomaly's records by the other name", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}/source-record/download"), Viewers),
        new("Download an anomaly's masked values", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}/source-record/csv?include_masked=true"), Editors),
        new("See an anomaly's masked values", async (c, api) => await api.Get($"/api/anomalies/{await c.Anomaly()}/source-record?include_masked=true"), Editors),
        new("Update an anomaly", async (c, api) => await api.Put($"/api/anomalies/{await c.Anomaly()}", new JsonObject { ["status"] = "Acknowledged" }), Authors),
        new("Update several anomalies", async (c, api) => await api.Patch("/api/anomalies", new JsonArray(new JsonObject { ["id"] = await c.Anomaly(), ["status"] = "Acknowledged" })), Authors),
        new("Update several anomalies in the older way", async (c, api) => await api.Put("/api/anomalies", new JsonArray(new JsonObject { ["id"] = await c.Anomaly(), ["status"] = "Acknowledged" })), Authors),
        new("Restore an anomaly", async (c, api) => await api.Post($"/api/anomalies/{await c.Anomaly()}/restore"), Authors),
        new("Archive an anomaly", async (c, api) => await api.Delete($"/api/anomalies/{await c.Anomaly()}?status=Invalid"), Authors.Replace("200", "204")),
        new("Delete several anomalies", async (c, api) => await api.Delete("/api/anomalies", new JsonArray(new JsonObject { ["id"] = await c.Anomaly(), ["archive"] = false })), Authors.Replace("200", "204")),
        new("List comments", (_, api) => api.Get("/api/comments"), Everyone),
        new("Comment on an anomaly", async (c, api) => await api.Post("/api/comments", new JsonObject { ["anomaly_id"] = await c.Anomaly(), ["message"] = "seen" }), Viewers),

        // Scans.
        new("Run a scan", async (c, api) => await api.Post("/api/operations/run", new JsonObject { ["type"] = "scan", ["datastore_id"] = await c.Datastore() }), Editors),
        new("Scan rows from outside", async (c, api) => await api.Post($"/api/containers/{await c.Container()}/scan",
            new JsonObject { ["name"] = "rows.csv", ["records"] = new JsonArray(new JsonObject { ["column"] = "one" }) }), Editors),
        new("Get what was scanned day by day", (_, api) => api.Get("/api/scan-metrics"), Everyone),
        new("List container scans", (_, api) => api.Get("/api/container-scans"), Everyone),
        new("Get a container scan", async (c, api) => await api.Get($"/api/container-scans/{await c.ContainerScan()}"), Readers),
        new("List a container scan's anomalies", async (c, api) => await api.Get($"/api/container-scans/{await c.ContainerScan()}/anomalies"), Readers),
        new("Delete a container scan", async (c, api) => await api.Delete($"/api/container-scans/{await c.ContainerScan()}"), Editors.Replace("200", "204")),
        new("Get a container's latest scan", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/scan"), Readers.Replace("200", "404")),

        // Quality scores.
        new("Get a datastore's score settings", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}/score-settings"), Readers),
        new("Change a datastore's score settings", async (c, api) => await api.Put($"/api/datastores/{await c.Datastore()}/score-settings", new JsonObject { ["accuracy_weight"] = 2 }), Editors),
        new("Get a datastore's scores", async (c, api) => await api.Get($"/api/datastores/{await c.Datastore()}/quality-scores"), Readers),
        new("Get a container's score settings", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/score-settings"), Readers),
        new("Change a container's score settings", async (c, api) => await api.Put($"/api/containers/{await c.Container()}/score-settings", new JsonObject { ["accuracy_weight"] = 2 }), Editors),
        new("Get a container's scores", async (c, api) => await api.Get($"/api/containers/{await c.Container()}/quality-scores"), Readers),

        // The server itself.
        new("What application is this", (_, api) => api.Get("/api/"), Everyone),
        new("Gateway", (_, api) => api.Get("/api/gateway"), Everyone),
        new("Health", (_, api) => api.Get("/api/health"), "204 204 204 204 204 204 204 204 204 204 204 204 204 204"),
        new("Status", (_, api) => api.Get("/api/status"), "200 200 200 200 200 200 200 200 200 200 200 200 200 200"),
    ];

    private static JsonObject Check(long container, string status = "Active") => TestChecks.Check(container, "notNull", ["column"]).With(new() { ["status"] = status });

    private static JsonObject ComputedField(long container) => new()
    {
        ["container_id"] = container,
        ["name"] = "made",
        ["transformation"] = "cast",
        ["source_fields"] = new JsonArray("column"),
        ["properties"] = new JsonObject { ["target_type"] = "int" },
    };

    private static JsonObject Template() => new() { ["rule"] = "notNull", ["description"] = "made", ["template_locked"] = false };

    private static JsonObject Connection() => new()
    {
        ["name"] = People.Unique("made"),
        ["type"] = "postgresql",
        ["host"] = "127.0.0.1",
        ["port"] = 9,
        ["username"] = People.Unique("nobody"),
        ["password"] = "p",
    };

    private static JsonObject Schemas(params (string Name, JsonNode Value)[] members)
    {
        var body = new JsonObject { ["database"] = "nowhere", ["schemas"] = new JsonArray("public") };
        foreach (var (name, value) in members) body[name] = value;
        return body;
    }

    private static JsonObject Datastore(Company company, params string[] teams) => new()
    {
        ["name"] = People.Unique("made"),
        ["connection_id"] = company.ConnectionId,
        ["database"] = "nowhere",
        ["schema"] = "public",
        ["teams"] = new JsonArray([.. teams.Select(t => JsonValue.Create(t))]),
    };
}
