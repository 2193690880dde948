using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Protocol.Responses;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace AuthServer.Protocol.UserInfo;

/// <summary>
/// Signs the claims for a client that is registered for it (OpenID Connect Core §5.3.2). The JWT has no <c>exp</c>, so
/// that it is not accepted as an ID token.
/// </summary>
internal sealed class ProcessSignedUserInfo(Tenant tenant) : IOpenIddictServerHandler<ApplyUserInfoResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ApplyUserInfoResponseContext>()
        .UseScopedHandler<ProcessSignedUserInfo>()
        .SetOrder(ProcessJson<ApplyUserInfoResponseContext>.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ApplyUserInfoResponseContext context)
    {
        var client = context.Transaction.Client;
        if (client?.UserInfoAlgorithm is null || !string.IsNullOrEmpty(context.Response.Error))
            return;
        var jwt = JwtWriter.Sign(tenant.Keys.Current(Algorithms.Rs256), "JWT", json =>
        {
            json.WriteString("iss", tenant.Issuer.Value);
            json.WriteString("aud", client.ClientId);
            foreach (var (name, value) in context.Response.GetParameters())
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        });
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.ContentType = "application/jwt";
        await http.Response.WriteAsync(jwt, http.RequestAborted);
        context.HandleRequest();
    }
}
