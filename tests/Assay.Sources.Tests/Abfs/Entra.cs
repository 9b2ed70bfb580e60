using System.Net;
using Assay.Sources.Abfs;
using Assay.Sources.Network;
using Assay.Sources.Tests.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Sources.Tests.Abfs;

/// <summary>Microsoft Entra as far as a service principal sees it.</summary>
internal sealed class Entra(GuardedHttp http, Func<string, (HttpStatusCode Status, string Body)> answer) : AzureSignIn(http, TimeProvider.System)
{
    /// <summary>A sign-in that succeeds.</summary>
    public static (HttpStatusCode, string) Token(string token) =>
        (HttpStatusCode.OK, $$"""{"token_type":"Bearer","expires_in":3599,"access_token":"{{token}}"}""");

    public static FileSource Source(Func<string, (HttpStatusCode, string)> answer, Action<IServiceCollection>? more = null) => new("abfs", services: services =>
    {
        services.AddSingleton<AzureSignIn>(provider => new Entra(provider.GetRequiredService<GuardedHttp>(), answer));
        more?.Invoke(services);
    });

    protected override HttpMessageHandler CreateHandler() => new Handler(answer);

    private sealed class Handler(Func<string, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.Host.ShouldBe("login.microsoftonline.com");
            var (status, body) = answer(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        }
    }
}
