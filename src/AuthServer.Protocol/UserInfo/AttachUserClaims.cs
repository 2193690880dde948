using System.Buffers;
using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Issuance;
using AuthServer.Core.Model;
using AuthServer.Core.Organizations;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.UserInfo;

/// <summary>
/// The claims that the scopes give access to, those requested by name (OpenID Connect Core §5.4 and §5.5), and the
/// organization's. Replaces AttachClaims, which takes them from the access token, and AttachAudiences.
/// </summary>
internal sealed class AttachUserClaims(
    Tenant tenant, IClientStore clients, IOrganizationStore organizations)
    : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleUserInfoRequestContext>()
        .UseScopedHandler<AttachUserClaims>()
        .SetOrder(OpenIddictServerHandlers.UserInfo.AttachClaims.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        var (authorization, ct) = (context.Transaction.LiveAuthorization!, context.CancellationToken);
        var client = await clients.FindAsync(authorization.ClientId, ct);
        if (client is null)
        {
            context.Reject(OAuthError.InvalidToken("The access token is expired, revoked or not for this endpoint"));
            return;
        }

        context.Transaction.Client = client;
        context.Subject = authorization.Subject;
        var organization = authorization.OrganizationId is { } id ? await organizations.FindAsync(id, ct) : null;
        var scopes = Scopes.Of(context.AccessTokenPrincipal!.GetScopes());
        foreach (var claim in Write(authorization, organization, scopes).EnumerateObject())
            context.Claims[claim.Name] = new OpenIddictParameter(claim.Value);
    }

    private JsonElement Write(Authorization authorization, Organization? organization, Scopes scopes)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var requested = authorization.Claims?.UserInfo ?? [];
            var custom = (authorization.Customization ?? TokenCustomization.None).IdTokenClaims;
            UserClaims.Write(
                json, authorization.User!, scopes, requested, UpdatedAtFormat.UnixSeconds, custom.ContainsKey);
            CustomClaims.Write(json, custom, scopes, requested);
            OrganizationClaims.Write(json, organization, tenant);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
