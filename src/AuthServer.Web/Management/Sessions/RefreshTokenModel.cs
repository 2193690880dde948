using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Formats;

namespace AuthServer.Web.Management.Sessions;

/// <summary>A refresh token on the wire, read with its authorization.</summary>
internal static class RefreshTokenModel
{
    public static JsonObject Write(Token token, bool isRotating, Issuer issuer)
    {
        var authorization = token.Authorization!;
        return new JsonObject
        {
            ["id"] = authorization.Id.ToString("N"),
            ["user_id"] = authorization.UserId,
            ["client_id"] = authorization.ClientId,
            ["session_id"] = authorization.SessionId,
            ["created_at"] = authorization.CreatedAt.Iso(),
            ["last_exchanged_at"] = token.CreatedAt.Iso(),
            ["idle_expires_at"] = EndOf(token.ExpiresAt),
            ["expires_at"] = EndOf(authorization.ExpiresAt),
            ["rotating"] = isRotating,
            ["resource_servers"] = new JsonArray(new JsonObject
            {
                ["audience"] = authorization.Audience is { } audience ? issuer.Absolute(audience) : issuer.UserInfo,
                ["scopes"] = authorization.GrantedScopes.ToString(),
            }),
        };
    }

    /// <summary>Auth0's older view of the same token.</summary>
    public static JsonObject WriteDeviceCredential(Token token) => new()
    {
        ["id"] = token.AuthorizationId!.Value.ToString("N"),
        ["type"] = "refresh_token",
        ["user_id"] = token.Authorization!.UserId,
        ["client_id"] = token.Authorization!.ClientId,
    };

    private static string? EndOf(DateTimeOffset end) => end == DateTimeOffset.MaxValue ? null : end.Iso();
}
