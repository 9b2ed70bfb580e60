using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Reading;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;

namespace Assay.Sources.Abfs;

/// <summary>A container of an Azure storage account.</summary>
internal sealed class BlobFileStore(AbfsSettings settings, BlobClient client, HostPolicy policy, TimeProvider time) : IFileStore
{
    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, int? pageSize, bool recursive, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? marker = null;
        do
        {
            var page = await PageAsync(stop => client.ListAsync(prefix, marker, pageSize, recursive, stop), cancel);
            foreach (var file in page.Files) yield return file;
            marker = page.Next;
        } while (marker is not null);
    }

    public async Task<Stream> OpenAsync(string key, long offset, long? count, CancellationToken cancel)
    {
        var last = count is null ? (long?)null : offset + count.Value - 1;
        var answer = await SendAsync(FileSteps.Read, stop => client.GetAsync(key, offset, last, stop), cancel);
        var content = await answer.Content.ReadAsStreamAsync(cancel);
        return count is null ? content : new BoundedStream(content, count.Value);
    }

    public async Task WriteAsync(string key, Func<Stream> open, CancellationToken cancel)
    {
        using var answer = await SendAsync(FileSteps.Write, stop => client.PutAsync(key, open, stop), cancel);
    }

    public async Task DeleteAsync(string key, CancellationToken cancel)
    {
        using var answer = await SendAsync(FileSteps.Delete, stop => client.DeleteAsync(key, stop), cancel);
    }

    public async Task<EngineReach> ReachAsync(CancellationToken cancel)
    {
        await EngineAddress.CheckAsync(policy, settings.Endpoint, cancel);
        if (settings.Principal is null) return new BlobReach(settings, null);
        var now = time.GetUtcNow();
        using var answer = await SendAsync(FileSteps.Read, stop => client.GetDelegationKeyAsync(UserDelegation.KeyRequest(now), stop), cancel);
        try
        {
            var key = await XDocument.LoadAsync(await answer.Content.ReadAsStreamAsync(cancel), LoadOptions.None, cancel);
            return new BlobReach(settings, UserDelegation.Sign(key.Root!, settings.Account, settings.Container, now));
        }
        catch (Exception broken) when (broken is System.Xml.XmlException or FormatException or IOException)
        {
            throw BlobFaults.Of(broken, settings, FileSteps.Read);
        }
    }

    public string LocationOf(string key) => $"abfs://{settings.Authority}/{key}";

    public void Dispose() => client.Dispose();

    private async Task<BlobPage> PageAsync(Func<CancellationToken, Task<HttpResponseMessage>> list, CancellationToken cancel)
    {
        using var answer = await SendAsync(FileSteps.List, list, cancel);
        try
        {
            return await BlobPage.ReadAsync(await answer.Content.ReadAsStreamAsync(cancel), cancel);
        }
        catch (Exception broken) when (broken is System.Xml.XmlException or HttpIOException or IOException)
        {
            throw BlobFaults.Of(broken, settings, FileSteps.List);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string step, Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancel)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await Retries.RunAsync(send, time, cancel);
        }
        catch (SourceException)
        {
            // The sign-in already says what is wrong.
            throw;
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            throw BlobFaults.Of(failure, settings, step);
        }
        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await BlobFaults.OfAsync(answer, settings, step, time.GetUtcNow(), cancel);
    }
}
