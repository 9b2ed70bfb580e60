namespace Assay.Server.Tokens;

internal static class TokensRegistration
{
    public static IServiceCollection AddTokens(this IServiceCollection services) => services.AddScoped<TokenDesk>();
}
