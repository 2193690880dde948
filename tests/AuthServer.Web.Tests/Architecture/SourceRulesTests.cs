using System.Reflection;
using System.Text.RegularExpressions;
using AuthServer.Core;
using AuthServer.Storage;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>Dependencies between projects and folders (docs/architecture.md), and the shape of source files.</summary>
public sealed partial class SourceRulesTests
{
    [Fact]
    public void Core_references_only_the_base_library_Microsoft_IdentityModel_and_the_plain_classes_of_OpenIddict()
    {
        var others = ReferencesOf(typeof(OAuthError).Assembly).Where(name =>
            !name.StartsWith("System.", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.IdentityModel.", StringComparison.Ordinal));

        Assert.DoesNotContain(
            others, name => name is not ("OpenIddict.Abstractions" or "OpenIddict.EntityFrameworkCore.Models"));
    }

    [Fact]
    public void Storage_knows_nothing_of_http()
    {
        Assert.DoesNotContain(
            ReferencesOf(typeof(AuthDbContext).Assembly),
            name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "System.Net.Http");
    }

    /// <summary>It executes the code of others.</summary>
    [Fact]
    public void Actions_references_nothing_that_has_secrets()
    {
        Assert.DoesNotContain(
            ReferencesOf(typeof(AuthServer.Actions.IActionRunner).Assembly),
            name => name is "AuthServer.Storage" or "AuthServer.Protocol" or "AuthServer.Web");
    }

    [Theory]
    [InlineData("AuthServer.Protocol/")]
    [InlineData("AuthServer.Web/Actions/")]
    [InlineData("AuthServer.Web/Areas/")]
    [InlineData("AuthServer.Web/Endpoints/")]
    [InlineData("AuthServer.Web/Pages/")]
    [InlineData("AuthServer.Web/TryIt/")]
    [InlineData("AuthServer.Web/Federation/")]
    public void Endpoints_and_pages_do_not_use_the_database(string folder)
    {
        Assert.All(
            Sources.In(folder), file => Assert.DoesNotContain("AuthDbContext", file.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Management_and_jobs_know_no_page()
    {
        foreach (
            var (file, text) in Sources.In("AuthServer.Web/Management/").Concat(Sources.In("AuthServer.Web/Jobs/")))
            Assert.False(Mentions(text, "AuthServer.Web.Pages", file), file);
    }

    /// <summary>The keys of Actions never meet those of the server.</summary>
    [Fact]
    public void Asymmetric_keys_are_used_in_Jose_and_Jwt_only()
    {
        var users = Sources
            .All.Where(file =>
                file.Value.Contains("RSA.", StringComparison.Ordinal)
                || file.Value.Contains("ECDsa.", StringComparison.Ordinal))
            .Select(file => file.Key);

        Assert.All(users, file => Assert.True(
            file.StartsWith("AuthServer.Core/Jose/", StringComparison.Ordinal)
            || file is "AuthServer.Core/Jwt/X509PublicKeys.cs" or "AuthServer.Web/Startup/DevelopmentCertificate.cs"
                or "AuthServer.Actions/Child/SignatureKey.cs",
            file));
    }

    [Fact]
    public void OpenIddict_s_server_is_named_in_Protocol_only()
    {
        var others = Sources.All.Where(file => !file.Key.StartsWith("AuthServer.Protocol/", StringComparison.Ordinal));

        Assert.All(others, file => Assert.DoesNotContain("OpenIddict.Server", file.Value, StringComparison.Ordinal));
    }

    /// <summary>A change of this list has to explain in the review why the secret must be revealed there.</summary>
    [Fact]
    public void Secrets_are_opened_in_these_files_and_no_others()
    {
        Assert.Equal(
            [
                "AuthServer.Core/Authorizations/SuccessorEncryption.cs", "AuthServer.Core/Clients/ClientSecrets.cs",
                "AuthServer.Core/Federation/ProviderCredentials.cs", "AuthServer.Core/Secret.cs",
                "AuthServer.Core/Tickets/TicketLink.cs", "AuthServer.Protocol/IdTokens/ResolveIdTokenKeys.cs",
                "AuthServer.Protocol/Issuance/CreateStoredToken.cs", "AuthServer.Protocol/Issuance/LostIssuance.cs",
                "AuthServer.Protocol/Issuance/SelectIssuedTokens.cs",
                "AuthServer.Protocol/PushedRequests/CreatePushedRequest.cs",
                "AuthServer.Protocol/UserInfo/ExtractPresentedToken.cs",
                "AuthServer.Web/Areas/Dashboard/SignIn/DashboardSignIn.cs",
                "AuthServer.Web/Areas/Dashboard/SignIn/PendingSignIn.cs",
                "AuthServer.Web/Federation/ExternalLoginState.cs", "AuthServer.Web/Formats/RegistrationResponse.cs",
                "AuthServer.Web/Management/Clients/ClientAnswers.cs",
                "AuthServer.Web/Management/Organizations/InvitationLink.cs",
                "AuthServer.Web/Sessions/BrowserSession.cs", "AuthServer.Web/Sessions/PageAntiforgery.cs",
                "AuthServer.Web/TryIt/SampleSignIn.cs", "AuthServer.Web/TryIt/TrySessions.cs",
            ],
            Sources
                .All.Where(file => file.Value.Contains("Reveal()", StringComparison.Ordinal))
                .Select(file => file.Key)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_have_at_most_120_columns()
    {
        var lines = Sources.All
            .Concat(Sources.OfTests)
            .SelectMany(file => file.Value.Split('\n').Select(line => (file.Key, Line: line)));

        Assert.DoesNotContain(lines, written => written.Line.Length > 120);
    }

    /// <summary>As <c>dotnet format style</c> sorts them, which a build does not check.</summary>
    [Fact]
    public void Using_directives_are_sorted()
    {
        var files = Sources.All.Concat(Sources.OfTests)
            .Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal));

        Assert.All(files, file =>
        {
            var directives = UsingDirective().Matches(file.Value);
            var sorted = directives
                .OrderBy(directive => directive.Groups["alias"].Success)
                .ThenBy(directive => directive.Groups["static"].Success)
                .ThenBy(directive => !directive.Groups["system"].Success)
                .ThenBy(
                    directive => directive.Groups["name"].Value.Replace('.', '\u0001'),
                    StringComparer.OrdinalIgnoreCase);
            Assert.Equal(sorted.Select(directive => directive.Value), directives.Select(directive => directive.Value));
        });
    }

    [Fact]
    public void Source_files_have_fewer_than_200_lines()
    {
        Assert.All(
            Sources.All.Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)),
            file =>
                Assert.True(
                    file.Value.Count(c => c == '\n') < 200,
                    $"{file.Key} has {file.Value.Count(c => c == '\n')} lines"));
        Assert.All(
            Sources.In("AuthServer.Web/Endpoints/"),
            file => Assert.True(file.Value.Count(c => c == '\n') < 80, file.Key));
    }

    private static IEnumerable<string> ReferencesOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool Mentions(string text, string place, string file) =>
        text.Contains($"using {place};", StringComparison.Ordinal)
        || (text.Contains(place + ".", StringComparison.Ordinal) && !file.EndsWith(".cshtml", StringComparison.Ordinal)
        );

    [GeneratedRegex(
        @"^(global )?using (?<static>static )?((?<name>\w+)(?<alias> = )[^;]+|(?<name>(?<system>System\b)?[\w.]*));",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        10_000)]
    private static partial Regex UsingDirective();
}
