using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Assay.Sources.Contract;
using Assay.Sources.Network;
using Assay.Sources.Probing;

namespace Assay.Sources.Warehouses;

/// <summary>Tests a vendor's target step by step, within <see cref="Limit"/> altogether: a suspended warehouse may have to start first.</summary>
internal sealed class WarehouseTest(IWarehouse warehouse, WarehouseDoor door)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    public async Task<TestReport> RunAsync(SourceTarget target, TestIntent intent, CancellationToken cancel)
    {
        var run = new TestRun(door.Time, intent.ForWriting ? WarehouseSteps.Writing : WarehouseSteps.Reading);
        run.Begin(WarehouseSteps.Settings);
        WarehouseAccess access;
        try
        {
            access = door.Checked(warehouse, target.Connection);
        }
        catch (SourceException e)
        {
            return run.Fail(e.Fault);
        }
        run.Pass("All fields are as they should be");

        var place = new WarehousePlace(
            warehouse.Spec.HasCatalog() ? Named(target.Scope.Database) : null, Named(target.Scope.Schema));
        using var limit = new CancellationTokenSource(Limit, door.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await StepsAsync(run, access, place, intent, both.Token);
            return run.Succeed();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return run.Fail(door.Log.Of(e, run.Current, access, place));
        }
    }

    private async Task StepsAsync(TestRun run, WarehouseAccess access, WarehousePlace place, TestIntent intent, CancellationToken cancel)
    {
        await LineAsync(run, access, cancel);

        run.Begin(WarehouseSteps.SignIn);
        await using var opened = await door.SignInAsync(warehouse, access, place, cancel);
        run.Product = opened.Session.Product;
        run.Pass($"As {access.User}");

        run.Begin(WarehouseSteps.Catalog);
        // A connection alone names no catalog: then one harmless look must do.
        if (place.Catalog is null && warehouse.Spec.CatalogRequired())
        {
            run.Pass(Counted((await opened.Session.CatalogsAsync(cancel)).Count, "catalog"));
            run.Skip(WarehouseSteps.Schema, "No catalog was named");
            return;
        }
        var schemas = await opened.Session.SchemasAsync(place.Catalog, cancel);
        run.Pass(place.Catalog ?? Counted(schemas.Count, "schema"));
        if (place.Schema is null)
        {
            run.Skip(WarehouseSteps.Schema, "No schema was named");
            return;
        }
        run.Begin(WarehouseSteps.Schema);
        if (schemas.All(schema => schema.Name != place.Schema)) throw new SourceException(WarehouseFaults.NoSchema(access, place));
        run.Pass(place.Schema);

        var dialect = warehouse.DialectOf(access);
        await TablesAsync(run, opened.Session, dialect, place, cancel);
        if (intent.ForWriting) await WriteAsync(run, opened.Session, dialect, access, place, cancel);
    }

    /// <summary>Makes a line for the report alone: the HTTP client makes its own, past the same policy.</summary>
    private async Task LineAsync(TestRun run, WarehouseAccess access, CancellationToken cancel)
    {
        run.Begin(WarehouseSteps.Resolve);
        var verdict = await door.Policy.ResolveAsync(access.Endpoint.Host, access.Endpoint.Port, cancel);
        if (!verdict.Allowed) throw new SourceException(verdict.Fault);
        run.Pass(string.Join(", ", verdict.Addresses));

        run.Begin(WarehouseSteps.Connect);
        using var socket = await GuardedTcp.ConnectAsync(verdict.Addresses, access.Endpoint.Port, access.ConnectTimeout, cancel);
        run.Pass($"{socket.RemoteEndPoint}");

        run.Begin(WarehouseSteps.Tls);
        if (access.Endpoint.Scheme == Uri.UriSchemeHttp)
        {
            run.Warn("Not encrypted: switched off by the parameter ssl");
            return;
        }
        await using var line = new SslStream(new NetworkStream(socket, ownsSocket: false));
        var options = new SslClientAuthenticationOptions { TargetHost = access.Endpoint.IdnHost, CertificateRevocationCheckMode = X509RevocationMode.NoCheck };
        if (access.Authorities is not null) options.CertificateChainPolicy = WarehouseHttp.TrustOnly(access.Authorities);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(access.ConnectTimeout);
        try
        {
            await line.AuthenticateAsClientAsync(options, limit.Token);
        }
        catch (IOException e)
        {
            throw new SourceException(new SourceFault(SourceFaultCode.TlsFailed, run.Current, $"{access.Shown} does not speak TLS. Check host and port."), e);
        }
        run.Pass($"{line.SslProtocol}, certificate verified");
    }

    private async Task TablesAsync(TestRun run, IWarehouseSession session, SqlDialect dialect, WarehousePlace place, CancellationToken cancel)
    {
        run.Begin(WarehouseSteps.List);
        ContainerStructure? first = null;
        await foreach (var container in session.ContainersAsync(place, new ListOptions(), cancel))
        {
            first = container;
            if (container.Kind is ContainerKind.Table) break;
        }
        run.Pass(first is null ? "The schema is empty" : $"'{first.Name}' is there");
        if (first is null)
        {
            run.Skip(WarehouseSteps.Read, "The schema is empty");
            return;
        }

        run.Begin(WarehouseSteps.Read);
        try
        {
            await using var rows = session.QueryAsync($"SELECT 1 FROM {dialect.Table(place, first.Name)} LIMIT 1", cancel).GetAsyncEnumerator(cancel);
            run.Pass(await rows.MoveNextAsync() ? first.Name : $"{first.Name}, which is empty");
        }
        // Only this one table is broken; what concerns the line or the sign-in does not come as this.
        catch (WarehouseRefusal e) when (e.Code is SourceFaultCode.SourceError or SourceFaultCode.NotFound)
        {
            run.Warn($"{first.Name}: {e.Message}");
        }
    }

    private async Task WriteAsync(TestRun run, IWarehouseSession session, SqlDialect dialect, WarehouseAccess access, WarehousePlace place, CancellationToken cancel)
    {
        run.Begin(WarehouseSteps.Write);
        var probe = dialect.Table(place, $"_assay_probe_{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        try
        {
            await RunAsync($"CREATE TABLE {probe} ({dialect.Quote("written")} {dialect.ProbeType})", cancel);
            try
            {
                await RunAsync($"INSERT INTO {probe} VALUES (1)", cancel);
            }
            finally
            {
                // Whatever happened to the row, the probe has to go.
                await RunAsync($"DROP TABLE {probe}", CancellationToken.None);
            }
            run.Pass("A table could be created, filled and dropped");
        }
        catch (WarehouseRefusal e) when (e.Code is SourceFaultCode.PermissionDenied or SourceFaultCode.NotFound)
        {
            throw new SourceException(new SourceFault(SourceFaultCode.PermissionDenied, run.Current,
                $"'{access.User}' may not create tables in schema '{place.Schema}', which an enrichment datastore needs."), e);
        }

        async Task RunAsync(string sql, CancellationToken stop)
        {
            await foreach (var _ in session.QueryAsync(sql, stop)) { }
        }
    }

    private static string? Named(string? name) => string.IsNullOrEmpty(name) ? null : name;

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
