using System.Text.RegularExpressions;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>
/// The folders of Core are layers: its root has the basic types, <c>Model</c> the data, and the others the logic.
/// </summary>
public sealed partial class CoreFoldersTests
{
    private const string Root = "Core";
    private const string Data = "Model";

    private static readonly IReadOnlyList<Use> Uses = [.. Sources.In("AuthServer.Core/").SelectMany(UsesOf)];

    [Fact]
    public void No_folders_use_each_other_in_a_circle() => Assert.Empty(Circles(Uses));

    [Fact]
    public void The_root_and_the_data_use_no_other_folder()
    {
        Assert.DoesNotContain(Uses, use => use.From == Root);
        Assert.DoesNotContain(Uses, use => use.From == Data);
    }

    [Fact]
    public void No_folder_uses_that_of_an_endpoint()
    {
        Assert.NotEmpty(Uses);
        Assert.DoesNotContain(Uses, use => use.To is "Authorize" or "Logout" or "Register");
    }

    [Fact]
    public void Every_entity_is_in_the_folder_of_the_data()
    {
        var entities = typeof(AuthDbContext).GetProperties()
            .Where(property => property.PropertyType.IsGenericType
                && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>))
            .Select(property => property.PropertyType.GetGenericArguments()[0])
            .Where(entity => entity.Assembly == typeof(Client).Assembly)
            .ToList();

        Assert.Contains(typeof(Client), entities);
        Assert.All(entities, entity => Assert.Equal("AuthServer.Core.Model", entity.Namespace));
    }

    [Fact]
    public void A_circle_is_found_by_usings_and_by_qualified_names()
    {
        Use[] uses =
        [
            .. UsesOf(new("AuthServer.Core/Users/A.cs", "using AuthServer.Core.Clients;\n// see Tenants.Tenant\n")),
            .. UsesOf(new("AuthServer.Core/Clients/B.cs", "    Tenants.Tenant? Of(Client client);\n")),
            .. UsesOf(new("AuthServer.Core/Tenants/C.cs", "using static AuthServer.Core.Users.UserClaims;\n")),
            .. UsesOf(new("AuthServer.Core/Logs/D.cs", "using AuthServer.Core.Users;\nfile.Tenants.Tenant();\n")),
        ];

        Assert.Equal(
            ["Users -> Clients", "Clients -> Tenants", "Tenants -> Users"],
            Circles(uses).Select(use => $"{use.From} -> {use.To}"));
    }

    /// <returns>The uses between folders that no order of the folders explains.</returns>
    private static IReadOnlyList<Use> Circles(IReadOnlyList<Use> uses)
    {
        var left = uses;
        while (true)
        {
            var users = left.Select(use => use.From).ToHashSet(StringComparer.Ordinal);
            var used = left.Select(use => use.To).ToHashSet(StringComparer.Ordinal);
            List<Use> next = [.. left.Where(use => users.Contains(use.To) && used.Contains(use.From))];
            if (next.Count == left.Count)
                return next;
            left = next;
        }
    }

    private static IEnumerable<Use> UsesOf(KeyValuePair<string, string> file)
    {
        var from = FolderOf(file.Key);
        return ByUsing().Matches(file.Value)
            .Concat(ByName().Matches(Comment().Replace(file.Value, "")).Where(IsType))
            .Select(match => match.Groups["folder"].Value)
            .Where(to => to != from)
            .Distinct(StringComparer.Ordinal)
            .Select(to => new Use(from, to, file.Key));
    }

    /// <summary>The folder of a file; <see cref="Root"/> for one in none.</summary>
    private static string FolderOf(string file) => file.Split('/') is [_, var folder, _, ..] ? folder : Root;

    /// <summary>A property has the name of a folder now and then, and a method the name of a type.</summary>
    private static bool IsType(Match name) => typeof(OAuthError).Assembly.GetType(
        $"AuthServer.Core.{name.Groups["folder"].Value}.{name.Groups["type"].Value}") is not null;

    [GeneratedRegex(
        @"^using (static |\w+ = )?AuthServer\.Core\.(?<folder>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ByUsing();

    [GeneratedRegex(
        @"(?<![\w.])((AuthServer\.)?Core\.)?(?<folder>[A-Z]\w*)\.(?<type>[A-Z]\w*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ByName();

    [GeneratedRegex("//.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    /// <summary>A folder uses another.</summary>
    private sealed record Use(string From, string To, string File);
}
