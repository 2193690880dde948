using System.Globalization;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The lists of organizations: all, those of a user, and those of a client grant.</summary>
internal sealed class OrganizationListService(AuthDbContext db)
{
    private const string Key = "organizations";

    private static readonly CheckpointKey<Organization> ById =
        new((list, last) => list.Where(o => o.Id.CompareTo(last) > 0), organization => organization.Id);

    private static readonly CheckpointKey<Organization> ByName =
        new((list, last) => list.Where(o => o.Name.CompareTo(last) > 0), organization => organization.Name);

    private static readonly CheckpointKey<Organization> ByNameBackwards =
        new((list, last) => list.Where(o => o.Name.CompareTo(last) < 0), organization => organization.Name);

    private static readonly CheckpointKey<Organization> Oldest = new(After, MomentOf);

    private static readonly CheckpointKey<Organization> Newest = new(Before, MomentOf);

    /// <param name="sort"><c>field:1</c> or <c>field:-1</c>; null for the order of their creation.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="ct">Ends the work.</param>
    public Task<JsonNode> ListAsync(string? sort, Paging paging, CancellationToken ct)
    {
        var list = db.Organizations.AsNoTracking();
        return sort switch
        {
            null when paging.ByCheckpoint => ByIdAsync(list, paging, ct),
            null => paging.PageAsync(Key, list.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id), Write, ct),
            "name:1" => ReadAsync(list.OrderBy(o => o.Name), ByName),
            "name:-1" => ReadAsync(list.OrderByDescending(o => o.Name), ByNameBackwards),
            "created_at:1" => ReadAsync(list.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id), Oldest),
            "created_at:-1" => ReadAsync(
                list.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id), Newest),
            "display_name:1" when !paging.ByCheckpoint =>
                paging.PageAsync(Key, list.OrderBy(o => o.DisplayName ?? "").ThenBy(o => o.Id), Write, ct),
            "display_name:-1" when !paging.ByCheckpoint =>
                paging.PageAsync(Key, list.OrderByDescending(o => o.DisplayName ?? "").ThenBy(o => o.Id), Write, ct),
            _ => throw Query.Bad(
                "Expected name, created_at or, without take, display_name, with :1 or :-1, on property sort"),
        };

        Task<JsonNode> ReadAsync(IQueryable<Organization> ordered, CheckpointKey<Organization> by) =>
            paging.PageOrCheckpointAsync(Key, ordered, by, Write, ct);
    }

    /// <summary>For a person who looks for one, in the order of the names.</summary>
    /// <param name="search">A part of a name, or the id; null or empty for all.</param>
    /// <param name="paging">The part of the list.</param>
    /// <param name="ct">Ends the work.</param>
    public Task<JsonNode> SearchAsync(string? search, Paging paging, CancellationToken ct)
    {
        var found = db.Organizations.AsNoTracking();
        if (search is { Length: > 0 })
        {
            var lower = search.ToLowerInvariant();
            found = found.Where(
                o => o.Id == search
                    || o.Name.Contains(lower)
                    || AuthDbContext.Upper(o.DisplayName!).Contains(AuthDbContext.Upper(search)));
        }

        return paging.PageAsync(Key, found.OrderBy(o => o.Name), Write, ct);
    }

    public async Task<JsonNode> OfUserAsync(string userId, Paging paging, CancellationToken ct)
    {
        await db.EnsureUserAsync(userId, ct);
        var ofUser = db.Organizations.AsNoTracking()
            .Where(o => db.OrganizationMembers.Any(m => m.UserId == userId && m.OrganizationId == o.Id));
        return await paging.PageAsync(Key, ofUser.OrderBy(o => o.Name), Write, ct);
    }

    public async Task<JsonNode> OfClientGrantAsync(string grantId, Paging paging, CancellationToken ct)
    {
        if (!await db.ClientGrants.AnyAsync(g => g.Id == grantId, ct))
            throw ClientGrantService.Missing;
        var ofGrant = db.Organizations.AsNoTracking()
            .Where(o => db.OrganizationClientGrants.Any(g => g.ClientGrantId == grantId && g.OrganizationId == o.Id));
        return await ByIdAsync(ofGrant, paging, ct);
    }

    private static Task<JsonNode> ByIdAsync(IQueryable<Organization> list, Paging paging, CancellationToken ct) =>
        paging.CheckpointOrTotalsAsync(Key, list.OrderBy(o => o.Id), ById, Write, ct);

    private static JsonNode Write(Organization organization) => OrganizationModel.Wire.Write(organization);

    private static string MomentOf(Organization organization) =>
        $"{organization.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)} {organization.Id}";

    private static IQueryable<Organization> After(IQueryable<Organization> list, string last)
    {
        var (moment, id) = Parse(last);
        return list.Where(o => o.CreatedAt > moment || (o.CreatedAt == moment && o.Id.CompareTo(id) > 0));
    }

    private static IQueryable<Organization> Before(IQueryable<Organization> list, string last)
    {
        var (moment, id) = Parse(last);
        return list.Where(o => o.CreatedAt < moment || (o.CreatedAt == moment && o.Id.CompareTo(id) < 0));
    }

    /// <exception cref="ManagementException">The checkpoint is of another order.</exception>
    private static (DateTimeOffset Moment, string Id) Parse(string last) =>
        last.Split(' ') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
            ? (new DateTimeOffset(moment, TimeSpan.Zero), id)
            : throw Query.Bad("Invalid checkpoint on property from");
}
