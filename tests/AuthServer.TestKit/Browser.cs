using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.TestKit;

/// <summary>
/// A browser without JavaScript: keeps cookies, follows redirects inside the server, fills in forms, clicks buttons by
/// id. At a redirect to anywhere else it stops, and shows where to.
/// </summary>
public sealed class Browser : IDisposable
{
    private const int MostRedirects = 20;
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient http;
    private readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);
    private HttpResponseMessage? answer;

    public Browser(TestServer server, string language = "en")
        : this(new Uri(server.Issuer.Value), language)
    {
    }

    public Browser(Uri address, string language = "en")
    {
        http = new HttpClient(handler) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        http.DefaultRequestHeaders.Add("Accept-Language", language);
        Url = http.BaseAddress;
    }

    public Uri Url { get; private set; }

    public HttpStatusCode Status => Answer.StatusCode;

    public HttpResponseMessage Answer => answer ?? throw new InvalidOperationException("No page was opened.");

    public string Html { get; private set; } = "";

    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>URL of another site that the server sent this browser to; null while it is on the server.</summary>
    public Uri? LeftTo { get; private set; }

    /// <summary>Text that a reader sees, with single spaces.</summary>
    public string Text =>
        string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The cookies that the server set on this browser, name to value.</summary>
    public IReadOnlyDictionary<string, string> Cookies =>
        handler
            .CookieContainer.GetCookies(http.BaseAddress!)
            .ToDictionary(cookie => cookie.Name, cookie => cookie.Value, StringComparer.Ordinal);

    public Task<Browser> OpenAsync(string url, HttpMethod? method = null) =>
        SendAsync(method ?? HttpMethod.Get, new Uri(Url, url), form: null);

    public Browser Fill(string name, string value)
    {
        _ = Input(name) ?? throw new InvalidOperationException($"No input named {name} on {Url}.");
        typed[name] = value;
        return this;
    }

    public IElement? Input(string name) => Page.QuerySelector($"form [name='{name}']");

    public bool Has(string id) => Page.GetElementById(id) is not null;

    /// <summary>Checks a box, or clears it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Which of several; null for the first.</param>
    /// <param name="on">Whether it is checked then.</param>
    public Browser Check(string name, string? value = null, bool on = true)
    {
        var boxes = Page.QuerySelectorAll<IHtmlInputElement>($"form [name='{name}']");
        boxes.First(box => value is null || box.Value == value).IsChecked = on;
        return this;
    }

    /// <summary>Follows a link, or sends the form of a button with what was typed and with what it had.</summary>
    public Task<Browser> ClickAsync(string id, params (string Name, string Value)[] besides) =>
        Page.GetElementById(id) switch
        {
            IHtmlAnchorElement link => OpenAsync(link.GetAttribute("href")!),
            IHtmlButtonElement { Form: { } form } button => SubmitAsync(form, button, besides),
            null => throw new InvalidOperationException($"Nothing has the id {id} on {Url}: {Text}"),
            _ => throw new InvalidOperationException($"{id} can't be clicked."),
        };

    /// <summary>
    /// Request that a click on a form's button would send, including cookies, for tests that send it many times at
    /// once.
    /// </summary>
    public Func<HttpRequestMessage> Submission(string id)
    {
        var button = (IHtmlButtonElement)(
            Page.GetElementById(id) ?? throw new InvalidOperationException($"Nothing has the id {id} on {Url}: {Text}")
        );
        var (action, pairs) = FormOf(button.Form!, button, []);
        var cookies = handler.CookieContainer.GetCookieHeader(Url);
        return () =>
            new HttpRequestMessage(HttpMethod.Post, action)
            {
                Content = new FormUrlEncodedContent(pairs),
                Headers = { { "Cookie", cookies } },
            };
    }

    /// <summary>Drops a cookie, or sets it to another value.</summary>
    public void SetCookie(string name, string? value)
    {
        if (value is null)
            handler.CookieContainer.GetCookies(http.BaseAddress!).Single(cookie => cookie.Name == name).Expired = true;
        else
            handler.CookieContainer.Add(http.BaseAddress!, new Cookie(name, value, "/"));
    }

    public void Dispose()
    {
        answer?.Dispose();
        http.Dispose();
        handler.Dispose();
    }

    private Task<Browser> SubmitAsync(
        IHtmlFormElement form, IHtmlButtonElement button, (string Name, string Value)[] besides)
    {
        var (action, pairs) = FormOf(form, button, besides);
        return SendAsync(HttpMethod.Post, action, pairs);
    }

    private (Uri Action, IReadOnlyList<KeyValuePair<string, string>> Pairs) FormOf(
        IHtmlFormElement form, IHtmlButtonElement button, (string Name, string Value)[] besides)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var control in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            if (control is IHtmlInputElement { Type: "checkbox", IsChecked: false })
                continue;
            var name = control.GetAttribute("name")!;
            pairs.Add(new(name, typed.TryGetValue(name, out var value) ? value : ValueOf(control)));
        }

        if (button.GetAttribute("name") is { } pressed)
            pairs.Add(new(pressed, button.GetAttribute("value") ?? ""));
        pairs.AddRange(besides.Select(extra => new KeyValuePair<string, string>(extra.Name, extra.Value)));
        var target = button.GetAttribute("formaction") ?? form.GetAttribute("action");
        return (target is { Length: > 0 } given ? new Uri(Url, given) : Url, pairs);
    }

    /// <summary>Signs a user in on the login page that the browser shows; the administrator by default.</summary>
    public Task<Browser> SignInAsync(
        string email = TestServer.AdminEmail, string password = TestServer.AdminPassword) =>
        Fill("username", email).Fill("password", password).ClickAsync("login-submit");

    /// <summary>One parameter of the response that the browser took to the client.</summary>
    public string? Returned(string name)
    {
        var left = LeftTo
            ?? throw new InvalidOperationException($"The browser is still at {Url} ({Status}): {Text}");
        return QueryHelpers.ParseQuery(left.Query).TryGetValue(name, out var value) ? value.ToString() : null;
    }

    private static string ValueOf(IElement control) => control switch
    {
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlTextAreaElement text => text.Value,
        _ => control.GetAttribute("value") ?? "",
    };

    private async Task<Browser> SendAsync(HttpMethod method, Uri url, IReadOnlyList<KeyValuePair<string, string>>? form)
    {
        typed.Clear();
        LeftTo = null;
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            using var request = new HttpRequestMessage(method, url)
            {
                Content = form is null ? null : new FormUrlEncodedContent(form),
            };
            answer?.Dispose();
            answer = await http.SendAsync(request);
            Url = url;
            if (answer.Headers.Location is not { } location || (int)answer.StatusCode is not (>= 300 and < 400))
            {
                Html = await answer.Content.ReadAsStringAsync();
                Page = new HtmlParser().ParseDocument(Html);
                return this;
            }

            url = new Uri(Url, location);
            (method, form) = (HttpMethod.Get, null);
            if (url.GetLeftPart(UriPartial.Authority) != http.BaseAddress!.GetLeftPart(UriPartial.Authority))
            {
                LeftTo = url;
                return this;
            }
        }

        throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"More than {MostRedirects} redirects, at last to {url}."));
    }
}
