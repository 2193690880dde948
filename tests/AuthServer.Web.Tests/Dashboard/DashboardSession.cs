using System.Net;
using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Core.Users;
using AuthServer.Storage.Users;
using AuthServer.TestKit;
using AuthServer.Web.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Dashboard;

/// <summary>Browsers that are signed in to the dashboard.</summary>
internal static class DashboardSession
{
    public const string Password = "a long pass phrase";

    extension(TestServer server)
    {
        /// <summary>The administrator of the first start.</summary>
        public Task<Browser> OpenDashboardAsync(string path = "/dashboard") =>
            server.OpenDashboardAsync(TestServer.AdminEmail, TestServer.AdminPassword, path);

        /// <summary>A user with the role Viewer.</summary>
        public async Task<Browser> OpenDashboardAsViewerAsync(string path = "/dashboard")
        {
            var user = await server.AddUserAsync("viewer@example.com", Password);
            await server.GiveRoleAsync(user.UserId, "Viewer");
            return await server.OpenDashboardAsync(user.Email!, Password, path);
        }

        public async Task<Browser> OpenDashboardAsync(string email, string password, string path = "/dashboard")
        {
            var browser = new Browser(server);
            await browser.OpenAsync(path);
            await browser.SignInAsync(email, password);
            return await browser.ClickAsync("way-on");
        }

        /// <summary>
        /// A form with the browser's token and cookies, sent from a page of another site when one is named.
        /// </summary>
        public async Task<HttpStatusCode> PostAsync(
            Browser browser, string path, string? site, params (string Name, string Value)[] fields)
        {
            using var http = server.NewHttp();
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            var cookies = browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}");
            request.Headers.Add("Cookie", string.Join("; ", cookies));
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            var token = browser.Input(PageAntiforgery.FieldName)!.GetAttribute("value")!;
            request.Content = new FormUrlEncodedContent(
                [new(PageAntiforgery.FieldName, token),
                    .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        public Task GiveRoleAsync(string userId, string name) => server.ChangeAsync(async db =>
        {
            var role = await db.Roles.SingleAsync(r => r.Name == name);
            db.Add(new RoleMember { RoleId = role.Id, UserId = userId });
        });

        /// <summary>A connection whose provider needs no discovery document.</summary>
        public async Task<Connection> AddGitHubAsync()
        {
            var connection = new Connection
            {
                Id = "con_" + OpaqueToken.Alphanumeric(16),
                Name = "github",
                Strategy = ProviderPreset.GitHub,
                Options = """{"client_id":"Iv1.8a61f9b3a7aba766"}""",
            };
            await server.ChangeAsync(db => Task.FromResult(db.Add(connection)));
            return connection;
        }

        /// <summary>As many wrong passwords as a rule blocks for.</summary>
        public Task BlockAsync(LoginRule rule) => server.ChangeAsync(db => Task.FromResult(db.Add(new LoginCounter
        {
            Hash = rule.Hash,
            Account = rule.Account,
            Address = rule.Address,
            Count = rule.Free,
            BlockedUntil = server.Time.GetUtcNow() + LoginRule.MinDelay,
            ResetsAt = server.Time.GetUtcNow() + rule.Window,
            Issuer = server.Issuer.Value,
        })));

        /// <summary>A user with these scopes of the Management API.</summary>
        public async Task<Browser> OpenDashboardWithAsync(params string[] scopes)
        {
            var user = await server.AddUserAsync($"{scopes.Length}-scopes@example.com", Password);
            await server.ChangeAsync(db =>
            {
                db.AddRange(scopes.Select(scope => new UserPermission
                {
                    UserId = user.UserId,
                    Audience = Issuer.ManagementApi,
                    Name = scope,
                }));
                return Task.CompletedTask;
            });
            return await server.OpenDashboardAsync(user.Email!, Password);
        }
    }
}
