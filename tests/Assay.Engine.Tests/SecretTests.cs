using System.Net;
using System.Net.Sockets;

namespace Assay.Engine.Tests;

/// <summary>Secrets of table functions, against a source that takes connections and never answers.</summary>
public sealed class SecretTests(SharedEngine shared)
{
    private const string Secret = "VE9QU0VDUkVUS0VZ";

    private readonly IEngine _engine = shared.Engine;

    [Theory]
    [InlineData("SELECT * FROM s3({url:String} || '/bucket/x.csv', 'KEY', {secret:String}, 'CSV', 'a Int32')")]
    [InlineData("SELECT * FROM s3({url:String} || '/bucket/x.csv', access_key_id = 'KEY', secret_access_key = {secret:String}, format = 'CSV', structure = 'a Int32')")]
    [InlineData("SELECT * FROM gcs({url:String} || '/bucket/x.csv', 'KEY', {secret:String}, 'CSV', 'a Int32')")]
    [InlineData("SELECT * FROM azureBlobStorage({url:String} || '/account', 'container', 'x.csv', 'account', {secret:String}, 'CSV', 'auto', 'a Int32')")]
    [InlineData("SELECT * FROM azureBlobStorage({connection:String}, 'container', 'x.csv', 'CSV', 'auto', 'a Int32')")]
    [InlineData("SELECT * FROM deltaLake({url:String} || '/bucket/x/', 'KEY', {secret:String})")]
    [InlineData("SELECT * FROM iceberg({url:String} || '/bucket/x/', 'KEY', {secret:String})")]
    [InlineData("SELECT * FROM postgresql({address:String}, 'db', 'table', 'user', {secret:String})")]
    [InlineData("SELECT * FROM mysql({address:String}, 'db', 'table', 'user', {secret:String})")]
    public async Task WithSecret_TableFunction_IsSeenNowhere(string sql)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = silent.LocalEndpoint.ToString()!;
        var query = new EngineQuery(sql).With("url", $"http://{address}").With("address", address).WithSecret("secret", Secret)
            .WithSecret("connection", $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Secret};BlobEndpoint=http://{address}/a;")
            .WithSetting("connect_timeout", 1).WithSetting("s3_request_timeout_ms", 1000).WithSetting("s3_max_single_read_retries", 0);
        using var cancel = new CancellationTokenSource();
        var running = _engine.ListAsync(query, cancel.Token);
        await silent.AcceptSocketAsync();

        await using var processes = await _engine.DownloadAsync("SELECT * FROM system.processes", "JSONEachRow");
        var listing = await new StreamReader(processes).ReadToEndAsync();

        listing.ShouldContain(query.Id);
        listing.ShouldNotContain(Secret);
        await cancel.CancelAsync();
        silent.Stop();
        await Should.ThrowAsync<Exception>(running);
    }

    [Theory]
    [InlineData("SELECT no_such_column FROM s3('http://127.0.0.1:1/bucket/x.csv', 'KEY', {secret:String}, 'CSV', 'a Int32')")]
    [InlineData("SELECT * FROM postgresql('127.0.0.1:1', 'db', 'table', 'user', {secret:String})")]
    [InlineData("SELECT throwIf(1, {secret:String})")]
    [InlineData("SELECT toInt32({secret:String})")]
    public async Task WithSecret_FailingStatement_IsNotInTheError(string sql)
    {
        var error = await Should.ThrowAsync<EngineException>(() => _engine.ListAsync(new EngineQuery(sql).WithSecret("secret", Secret)));

        error.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task WithSecret_NeedsEscaping_IsNotInTheErrorEither()
    {
        const string secret = "it's \\ a secret";
        var error = await Should.ThrowAsync<EngineException>(() => _engine.ListAsync(new EngineQuery("SELECT toInt32({secret:String})").WithSecret("secret", secret)));

        error.Message.ShouldNotContain("a secret");
    }

    [Fact]
    public void WithSecret_Query_PrintsItsTextOnly() =>
        new EngineQuery("SELECT {secret:String}").WithSecret("secret", Secret).ToString().ShouldBe("SELECT {secret:String}");

    [Fact]
    public async Task WithSecret_InsertWithData_IsRefusedBecauseItWouldBeInTheAddress() =>
        await Should.ThrowAsync<ArgumentException>(
            () => _engine.InsertAsync(new EngineQuery("INSERT INTO t FORMAT CSV").WithSecret("secret", Secret), Stream.Null));
}
