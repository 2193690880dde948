using Microsoft.AspNetCore.Cors.Infrastructure;

namespace AuthServer.Web.Http;

/// <summary>
/// Cross-origin calls of scripts: the token endpoints answer the origins that some client registered, the public
/// documents answer everyone. Never with credentials, and <c>/authorize</c> and the pages not at all (RFC 9700 §2.6).
/// </summary>
internal sealed class ClientCorsPolicyProvider(AllowedOriginsCache origins) : ICorsPolicyProvider
{
    public const string Policy = "script";
    public const string Public = "public";

    /// <summary>Registration: the caller has no client yet, and so no origin.</summary>
    public const string Open = "open";

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName) => policyName switch
    {
        Public => Builder().AllowAnyOrigin().WithMethods("GET").Build(),
        Open => Builder().AllowAnyOrigin().WithMethods("POST").Build(),
        Policy => await RegisteredAsync(context),
        _ => null,
    };

    private async Task<CorsPolicy> RegisteredAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var builder = Builder().WithMethods("GET", "POST");
        return await origins.HasAsync(origin, context.RequestAborted)
            ? builder.WithOrigins(origin).Build()
            : builder.Build();
    }

    private static CorsPolicyBuilder Builder() =>
        new CorsPolicyBuilder()
            .WithHeaders(
                "content-type", "authorization", "auth0-client", "dpop", "x-request-language", "mcp-protocol-version")
            .WithExposedHeaders(
                "DPoP-Nonce", "WWW-Authenticate", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining",
                "X-RateLimit-Reset")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10));
}
