using System.Globalization;
using System.Text.Json.Nodes;
using AuthServer.Core.Organizations;
using AuthServer.Storage;
using AuthServer.Web.Management.ClientGrants;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Management.Organizations;

/// <summary>The lists of organizations, whole or by what belongs to them.</summary>
internal static class OrganizationList
{
    private const string Key = "organizations";

    public static Task<IResult> AnswerAsync(HttpContext http, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        var organizations = db.Organizations.AsNoTracking();
        return Query.Text(http, "sort") switch
        {
            null when !paging.ByCheckpoint => paging.PageAsync(
                Key, organizations.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id), Write, ct),
            null => ByIdAsync(organizations, paging, ct),
            "name:1" => paging.ByCheckpoint
                ? paging.CheckpointAsync(
                    Key,
                    organizations.OrderBy(o => o.Name),
                    (query, last) => query.Where(o => o.Name.CompareTo(last) > 0),
                    o => o.Name,
                    Write,
                    ct)
                : paging.PageAsync(Key, organizations.OrderBy(o => o.Name), Write, ct),
            "name:-1" => paging.ByCheckpoint
                ? paging.CheckpointAsync(
                    Key,
                    organizations.OrderByDescending(o => o.Name),
                    (query, last) => query.Where(o => o.Name.CompareTo(last) < 0),
                    o => o.Name,
                    Write,
                    ct)
                : paging.PageAsync(Key, organizations.OrderByDescending(o => o.Name), Write, ct),
            "created_at:1" => paging.ByCheckpoint
                ? paging.CheckpointAsync(
                    Key,
                    organizations.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id),
                    After,
                    MomentOf,
                    Write,
                    ct)
                : paging.PageAsync(Key, organizations.OrderBy(o => o.CreatedAt).ThenBy(o => o.Id), Write, ct),
            "created_at:-1" => paging.ByCheckpoint
                ? paging.CheckpointAsync(
                    Key,
                    organizations.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id),
                    Before,
                    MomentOf,
                    Write,
                    ct)
                : paging.PageAsync(
                    Key, organizations.OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id), Write, ct),
            "display_name:1" when !paging.ByCheckpoint => paging.PageAsync(
                Key, organizations.OrderBy(o => o.DisplayName ?? "").ThenBy(o => o.Id), Write, ct),
            "display_name:-1" when !paging.ByCheckpoint => paging.PageAsync(
                Key, organizations.OrderByDescending(o => o.DisplayName ?? "").ThenBy(o => o.Id), Write, ct),
            _ => throw Query.Bad(
                "Expected name, created_at or, without take, display_name, with :1 or :-1, on property sort"),
        };
    }

    public static async Task<IResult> OfUserAsync(string id, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        var userId = PathIds.Unslashed(id);
        if (!await db.Users.AnyAsync(u => u.UserId == userId, ct))
            return UserEndpoints.Missing;
        var theirs = db
            .Organizations.AsNoTracking()
            .Where(o => db.OrganizationMembers.Any(m => m.UserId == userId && m.OrganizationId == o.Id));
        return await paging.PageAsync(Key, theirs.OrderBy(o => o.Name), Write, ct);
    }

    public static async Task<IResult> OfClientGrantAsync(
        string id, Paging paging, AuthDbContext db, CancellationToken ct)
    {
        if (!await db.ClientGrants.AnyAsync(g => g.Id == id, ct))
            return ClientGrantEndpoints.Missing;
        var given = db
            .Organizations.AsNoTracking()
            .Where(o => db.OrganizationClientGrants.Any(g => g.ClientGrantId == id && g.OrganizationId == o.Id));
        return await ByIdAsync(given, paging, ct);
    }

    private static Task<IResult> ByIdAsync(
        IQueryable<Organization> organizations, Paging paging,
        CancellationToken ct) =>
        paging.CheckpointOrTotalsAsync(
            Key,
            organizations.OrderBy(o => o.Id),
            (query, last) => query.Where(o => o.Id.CompareTo(last) > 0),
            o => o.Id,
            items => Task.FromResult(items.Select(Write)),
            ct);

    private static JsonNode Write(Organization organization) => OrganizationModel.Wire.Write(organization);

    private static string MomentOf(Organization organization) =>
        $"{organization.CreatedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)} {organization.Id}";

    private static IQueryable<Organization> After(IQueryable<Organization> query, string last)
    {
        var (moment, id) = Parse(last);
        return query.Where(o => o.CreatedAt > moment || (o.CreatedAt == moment && o.Id.CompareTo(id) > 0));
    }

    private static IQueryable<Organization> Before(IQueryable<Organization> query, string last)
    {
        var (moment, id) = Parse(last);
        return query.Where(o => o.CreatedAt < moment || (o.CreatedAt == moment && o.Id.CompareTo(id) < 0));
    }

    /// <exception cref="BadManagementRequestException">The checkpoint is of another order.</exception>
    private static (DateTimeOffset Moment, string Id) Parse(string last) =>
        last.Split(' ') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
            ? (new DateTimeOffset(moment, TimeSpan.Zero), id)
            : throw Query.Bad("Invalid checkpoint on property from");
}
