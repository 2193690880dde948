using System.Text.Json;
using AuthServer.Core.Tenants;
using AuthServer.Core.UserInfo;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary><c>/userinfo</c>, OpenID Connect Core §5.3; the token comes in one of the ways of RFC 6750 §2, or with a proof (RFC 9449 §7.1).</summary>
internal static class UserInfoEndpoint
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapUserInfo() => routes.MapMethods("/userinfo", ["GET", "POST"], HandleAsync).RequireCors(ScriptCors.Policy).DisableAntiforgery();
    }

    private static async Task<IResult> HandleAsync(HttpRequest http, UserInfoHandler handler, Tenant tenant, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        http.HttpContext.OfferNonce(tenant, now);
        var presented = await BearerToken.ReadAsync(http, tenant.Settings.Flag(TenantFlags.AllowAccessTokenInQuery), ct);
        if (!presented.Succeeded(out var token, out var malformed))
            return BearerToken.Challenge(malformed);

        var answer = await handler.HandleAsync(token, now, ct);
        if (!answer.Succeeded(out var claims, out var refused))
            return BearerToken.Challenge(refused);
        return claims.Signed is { } jwt ? Results.Text(jwt, "application/jwt") : new JsonBytes(Write(claims));
    }

    private static byte[] Write(UserInfoAnswer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            answer.Write(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
