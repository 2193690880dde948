using System.Text.Json.Nodes;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Clients;

internal static class ClientList
{
    public static Task<IResult> AnswerAsync(
        HttpContext http,
        Paging paging,
        Fields fields,
        ManagementPrincipal caller,
        AuthDbContext db,
        ClientAnswers answers,
        CancellationToken ct)
    {
        var clients = db.Clients.AsNoTracking().Include(c => c.Credentials).AsQueryable();

        // The global client ("All Applications") and clients by metadata document: there are none here.
        if (Query.Flag(http, "is_global") == true || Query.Text(http, "external_client_id") is not null)
            clients = clients.Where(_ => false);
        if (Query.Flag(http, "is_first_party") is { } firstParty)
            clients = clients.Where(c => c.IsFirstParty == firstParty);
        if (Query.Text(http, "app_type")?.Split(',') is { } types)
            clients = clients.Where(c => types.Contains(c.AppType));
        if (Query.Text(http, "q") is not null)
            throw Query.Bad("Searching clients is not supported");

        return paging.PageAsync(
            "clients",
            clients.OrderBy(c => c.CreatedAt).ThenBy(c => c.ClientId),
            async items => (IEnumerable<JsonNode>)await answers.ManyAsync(items, caller, fields, ct),
            ct);
    }
}
