using System.Net.Mime;
using AuthServer.Core.Clients;
using AuthServer.Web.Http;

namespace AuthServer.Web.Endpoints;

/// <summary>
/// The documents by which Android (Digital Asset Links) and iOS (associated domains) verify that an app of a client may
/// open links of this server, among them the callbacks <c>/android/{package}/…</c> and <c>/ios/{bundle}/…</c> of
/// Auth0's SDKs.
/// </summary>
internal static class MobileAppEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapMobileApps()
        {
            routes.MapGet("/.well-known/assetlinks.json", LinksAsync).WithMetadata(RequestLogging.Quiet);
            routes.MapGet("/.well-known/apple-app-site-association", AssociationAsync)
                .WithMetadata(RequestLogging.Quiet);
        }
    }

    private static async Task<IResult> LinksAsync(IClientStore clients, CancellationToken ct) =>
        Json((await clients.MobileDocumentsAsync(ct)).Links);

    private static async Task<IResult> AssociationAsync(IClientStore clients, CancellationToken ct) =>
        Json((await clients.MobileDocumentsAsync(ct)).Association);

    private static IResult Json(string document) => Results.Text(document, MediaTypeNames.Application.Json);
}
